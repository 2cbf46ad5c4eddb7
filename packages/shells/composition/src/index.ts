export type { RegistrySetup } from './open-registries.ts'
export type { StartFault } from './start-fault.ts'
export type { UseCases } from './use-cases.ts'
export { secretText } from '@pull-secret/domain'
