export type { RegistrySetup } from './registry-setup.ts'
export type { StartFault } from './start-fault.ts'
