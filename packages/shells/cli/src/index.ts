export { processSurroundings } from './process-surroundings.ts'
export { run } from './run.ts'
export type { OutputStream, Surroundings } from './surroundings.ts'
