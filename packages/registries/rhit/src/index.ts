export type { RhitConfig } from './rhit-config.ts'
export { rhitRegistry } from './rhit-registry.ts'
