export { connectOperations } from './connect.ts'
export { type EmbeddedOperationsDeps, makeEmbeddedOperations } from './embedded-operations.ts'
export type { Operations, Performed, PerformOptions, WrittenRequestOf } from './operations.ts'
