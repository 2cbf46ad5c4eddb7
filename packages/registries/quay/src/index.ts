export type { QuayConfig } from './quay-config.ts'
export { quayRegistry } from './quay-registry.ts'
