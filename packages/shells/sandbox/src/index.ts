export { SandboxError } from './sandbox-error.ts'
export type { SandboxFiles } from './sandbox-files.ts'
export { type Sandbox, type SandboxOptions, startSandbox } from './start-sandbox.ts'
