import type { Deadline } from '@pull-secret/domain'
import {
  fileUnusable,
  type HttpClient,
  type HttpRequest,
  type HttpResult,
  type SecretFile,
} from '@pull-secret/registry-http'
import type { ParcelConfig } from './parcel-config.ts'

export interface ParcelApiDeps {
  readonly config: ParcelConfig
  readonly http: HttpClient
  readonly token: SecretFile
}

/** One function per call of the vendor's API. */
export interface ParcelApi {
  readonly createKey: (name: string, note: string, deadline: Deadline) => Promise<HttpResult>
  readonly getKey: (name: string, deadline: Deadline) => Promise<HttpResult>
  readonly deleteKey: (name: string, deadline: Deadline) => Promise<HttpResult>
  readonly listKeys: (deadline: Deadline) => Promise<HttpResult>
}

export const makeParcelApi = ({ config, http, token }: ParcelApiDeps): ParcelApi => {
  const keysUrl = `${config.baseUrl}/api/keys`
  const keyUrl = (name: string): string => `${keysUrl}/${encodeURIComponent(name)}`

  const call = async (
    exchange: HttpClient['send'],
    request: Omit<HttpRequest, 'authorization'>,
  ): Promise<HttpResult> => {
    const secret = token.read()
    return secret === undefined
      ? fileUnusable
      : exchange({ ...request, authorization: { scheme: 'Bearer', token: secret } })
  }

  // What changes something is sent once; what only reads may be repeated.
  return {
    createKey: (name, note, deadline) =>
      call(http.send, { method: 'POST', url: keysUrl, body: { name, note }, deadline }),
    getKey: (name, deadline) => call(http.read, { method: 'GET', url: keyUrl(name), deadline }),
    deleteKey: (name, deadline) => call(http.send, { method: 'DELETE', url: keyUrl(name), deadline }),
    listKeys: (deadline) => call(http.read, { method: 'GET', url: keysUrl, deadline }),
  }
}
