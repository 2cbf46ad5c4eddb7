import type { CallTerms } from '@pull-secret/domain'
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
  readonly createKey: (name: string, note: string, terms: CallTerms) => Promise<HttpResult>
  readonly getKey: (name: string, terms: CallTerms) => Promise<HttpResult>
  readonly deleteKey: (name: string, terms: CallTerms) => Promise<HttpResult>
  readonly listKeys: (terms: CallTerms) => Promise<HttpResult>
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
    createKey: (name, note, terms) => call(http.send, { method: 'POST', url: keysUrl, body: { name, note }, terms }),
    getKey: (name, terms) => call(http.read, { method: 'GET', url: keyUrl(name), terms }),
    deleteKey: (name, terms) => call(http.send, { method: 'DELETE', url: keyUrl(name), terms }),
    listKeys: (terms) => call(http.read, { method: 'GET', url: keysUrl, terms }),
  }
}
