import type { RegistryAdapter } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as T from 'fp-ts/lib/Task.js'
import { makeInMemoryIds } from './in-memory-platform.ts'
import { makeInMemoryRegistryClient } from './in-memory-registry-client.ts'
import { type InMemoryVendor, makeInMemoryVendor, quayLike } from './in-memory-vendor.ts'

/**
 * A registry type whose vendor lives in this process; for trying out and for specs. Give it a vendor of your own to
 * look into it.
 */
export const inMemoryRegistry = (
  host: string,
  vendor: InMemoryVendor = makeInMemoryVendor(quayLike),
): RegistryAdapter<object> => ({
  type: 'in-memory',
  requiredByDefault: true,
  decodeConfig: () => E.right({}),
  hosts: () => [host],
  aliases: () => [],
  open: (_config, { clock }) => ({
    client: makeInMemoryRegistryClient({ vendor, clock, ids: makeInMemoryIds() }),
    close: T.of(undefined),
  }),
})
