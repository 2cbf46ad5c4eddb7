export { nodeProcessContext } from './node-process-context.ts'
export type { OutputStream, ProcessContext } from './process-context.ts'
export { run } from './run.ts'
