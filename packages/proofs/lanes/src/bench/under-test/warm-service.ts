import type { Sizes } from '../sizes.ts'
import type { Caller } from './caller.ts'
import type { ServerProcess } from './server-process.ts'

/** A service whose clusters have their pull secrets, and who asks it. */
export interface WarmService {
  readonly service: ServerProcess
  readonly caller: Caller
  readonly clusterIds: ReadonlyArray<string>
  readonly sizes: Sizes
}
