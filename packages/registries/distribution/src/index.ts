export type { DistributionConfig } from './distribution-config.ts'
export { distributionRegistry } from './distribution-registry.ts'
