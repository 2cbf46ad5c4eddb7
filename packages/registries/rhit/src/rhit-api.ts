import type { CallTerms } from '@pull-secret/domain'
import type { HttpClient, HttpResult } from '@pull-secret/registry-http'
import type { RhitConfig } from './rhit-config.ts'

export interface RhitApiDeps {
  readonly config: Pick<RhitConfig, 'baseUrl' | 'collectionPath' | 'partnerCode'>
  /** Shows the partner's certificate on every connection. */
  readonly http: HttpClient
}

/** One function per call of the service account API (container-registry-authorizer v1, partner routes). */
export interface RhitApi {
  readonly createAccount: (name: string, marker: string, terms: CallTerms) => Promise<HttpResult>
  readonly getAccount: (name: string, terms: CallTerms) => Promise<HttpResult>
  readonly deleteAccount: (name: string, terms: CallTerms) => Promise<HttpResult>
}

export const makeRhitApi = ({ config, http }: RhitApiDeps): RhitApi => {
  const collectionUrl =
    config.baseUrl + config.collectionPath.replace('{partner_code}', encodeURIComponent(config.partnerCode))
  const accountUrl = (name: string): string => `${collectionUrl}/${encodeURIComponent(name)}`

  return {
    createAccount: (name, marker, terms) =>
      http.send({ method: 'POST', url: collectionUrl, body: { name, description: marker }, terms }),
    getAccount: (name, terms) => http.read({ method: 'GET', url: accountUrl(name), terms }),
    deleteAccount: (name, terms) => http.send({ method: 'DELETE', url: accountUrl(name), terms }),
  }
}
