export * from './failure-of-answer.ts'
export type { TlsFiles } from './following-agent.ts'
export { makeHttpClient, type HttpClient, type HttpClientDeps } from './http-client.ts'
export {
  headerValues,
  isSuccess,
  type Authorization,
  type HttpAnswer,
  type HttpRequest,
  type HttpResult,
} from './http-message.ts'
export { decodeBody, secret } from './json-body.ts'
export { makeLoginCheck, type LoginCheckDeps } from './login-check.ts'
export { toOutcome } from './outcome-task.ts'
export { makeSecretFile, type SecretFile } from './secret-file.ts'
