export { openStaticAccess, type StaticAccess, type StaticAccessOptions } from './static-access.ts'
