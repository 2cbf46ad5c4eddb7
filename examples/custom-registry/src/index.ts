export type { ParcelConfig } from './parcel-config.ts'
export { parcelRegistry } from './parcel-registry.ts'
