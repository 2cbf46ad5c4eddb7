export { openStaticAccess, type StaticAccess, type StaticAccessOptions } from './static-access.ts'
export { newToken, tokenListText } from './token-list.ts'
