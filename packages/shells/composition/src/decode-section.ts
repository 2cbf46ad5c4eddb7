import * as E from 'fp-ts/lib/Either.js'
import type { RegistrySetup } from './registry-setup.ts'
import type { StartFault } from './start-fault.ts'

/** The section of an entry, decoded by its adapter. `field` is the path of the entry. */
export const decodeSection = (
  { id, adapter, config = {} }: Pick<RegistrySetup, 'id' | 'adapter' | 'config'>,
  field: string,
): E.Either<ReadonlyArray<StartFault>, unknown> => {
  const decoded: E.Either<ReadonlyArray<StartFault>, unknown> = adapter.decodeConfig(config)
  return E.mapLeft((faults: ReadonlyArray<StartFault>) =>
    faults.map((fault) => ({
      field: [field, 'config', fault.field].filter((part) => part !== '').join('.'),
      message: `registry ${id}: ${fault.message}`,
    })),
  )(decoded)
}
