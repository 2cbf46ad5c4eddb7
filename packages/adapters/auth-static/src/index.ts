export { openStaticAccess, type StaticAccess, type StaticAccessOptions } from './static-access.ts'
export { checkTokenFile, type TokenFileProblem } from './token-file.ts'
export { newToken, tokenListText } from './token-list.ts'
