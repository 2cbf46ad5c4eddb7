import type { ParametersOf } from './exchange-types.ts'
import type { Operation } from './operation.ts'
import { type OperationId, operations } from './operations.ts'

/** The platform's gateway passes its own prefix on: the versioned API is served under it too. */
const platformPrefix = '/api/hyperfleet'

/** Every path under which an operation is served. */
export const servedPaths = ({ path }: Pick<Operation, 'path'>): ReadonlyArray<string> =>
  path.startsWith('/v1/') ? [path, `${platformPrefix}${path}`] : [path]

/** The path of an operation for the given parameters, each percent-encoded. */
export const pathOf = <Id extends OperationId>(id: Id, parameters: ParametersOf<Id>): string =>
  Object.entries<string>(parameters).reduce(
    (path: string, [parameter, value]) => path.replace(`{${parameter}}`, () => encodeURIComponent(value)),
    operations[id].path,
  )

/** The parameters of a query as text, without those that are absent. */
export const queryTextOf = (query: object = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  )
