export type { RegistrySetup } from './open-registries.ts'
export type { StartFault } from './start-fault.ts'
