export { type CallFailure, failureOfResult, fileUnusable, isCallFailure } from './call-failure.ts'
export { refuseClearText, type SectionAddresses, warnOfClearText } from './clear-text.ts'
export { failureOfAnswer } from './failure-of-answer.ts'
export { proxyFileFaults, secretFileFaults, tlsFileFaults } from './file-faults.ts'
export { fileVersion } from './file-version.ts'
export { guardedClient } from './guarded-client.ts'
export { type HttpClient, type HttpClientDeps, makeHttpClient } from './http-client.ts'
export {
  type Authorization,
  headerValues,
  type HttpAnswer,
  type HttpRequest,
  type HttpResult,
  isSuccess,
} from './http-message.ts'
export { decodeBody, secret } from './json-body.ts'
export { type LoginCheckDeps, makeLoginCheck } from './login-check.ts'
export { ownCertificate, type OwnCredential, ownToken, type TellsOwnCredentials } from './own-credentials.ts'
export { makePatientHttp } from './patient-http.ts'
export { makeSecretFile, type SecretFile } from './secret-file.ts'
export { readTlsFiles, type TlsFiles, type TlsIdentity, type TlsReading } from './tls-files.ts'
