export { SandboxError } from './sandbox-error.ts'
export type { SandboxFiles } from './sandbox-files.ts'
export { startSandbox, type Sandbox, type SandboxOptions } from './start-sandbox.ts'
