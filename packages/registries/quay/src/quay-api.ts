import type { CallTerms } from '@pull-secret/domain'
import {
  fileUnusable,
  type HttpClient,
  type HttpRequest,
  type HttpResult,
  type SecretFile,
} from '@pull-secret/registry-http'
import type { QuayConfig } from './quay-config.ts'

export interface QuayApiDeps {
  readonly config: QuayConfig
  readonly http: HttpClient
  readonly token: SecretFile
}

/** One function per call of Quay's API; robots are named without their organisation. */
export interface QuayApi {
  readonly createRobot: (name: string, marker: string, terms: CallTerms) => Promise<HttpResult>
  readonly getRobot: (name: string, terms: CallTerms) => Promise<HttpResult>
  readonly deleteRobot: (name: string, terms: CallTerms) => Promise<HttpResult>
  /** Every robot of the organisation in one answer, tokens left out: Quay has no pages here. */
  readonly listRobots: (terms: CallTerms) => Promise<HttpResult>
  readonly listOneRobot: (terms: CallTerms) => Promise<HttpResult>
  readonly getOrganization: (terms: CallTerms) => Promise<HttpResult>
  /** Makes the team, or changes the role of one that is there; its description stays. */
  readonly putTeam: (terms: CallTerms) => Promise<HttpResult>
  readonly addTeamMember: (name: string, terms: CallTerms) => Promise<HttpResult>
}

/** Some 250 bytes a robot: far more robots than an organisation has. */
const listMaximumBytes = 64 * 1024 * 1024

export const fullName = (organization: string, name: string): string => `${organization}+${name}`

export const makeQuayApi = ({ config, http, token }: QuayApiDeps): QuayApi => {
  const organizationUrl = `${config.baseUrl}/api/v1/organization/${encodeURIComponent(config.organization)}`
  const robotUrl = (name: string): string => `${organizationUrl}/robots/${encodeURIComponent(name)}`
  const teamUrl = `${organizationUrl}/team/${encodeURIComponent(config.team)}`

  const call = async (
    exchange: HttpClient['send'],
    request: Omit<HttpRequest, 'authorization'>,
  ): Promise<HttpResult> => {
    const secret = token.read()
    return secret === undefined
      ? fileUnusable
      : exchange({ ...request, authorization: { scheme: 'Bearer', token: secret } })
  }

  return {
    createRobot: (name, marker, terms) =>
      call(http.send, {
        method: 'PUT',
        url: robotUrl(name),
        body: { description: marker, unstructured_metadata: { marker } },
        terms,
      }),
    getRobot: (name, terms) => call(http.read, { method: 'GET', url: robotUrl(name), terms }),
    deleteRobot: (name, terms) => call(http.send, { method: 'DELETE', url: robotUrl(name), terms }),
    listRobots: (terms) =>
      call(http.read, {
        method: 'GET',
        url: `${organizationUrl}/robots?token=false&permissions=false`,
        terms,
        maximumBytes: listMaximumBytes,
      }),
    listOneRobot: (terms) =>
      call(http.read, {
        method: 'GET',
        url: `${organizationUrl}/robots?token=false&permissions=false&limit=1`,
        terms,
      }),
    getOrganization: (terms) =>
      call(http.read, { method: 'GET', url: organizationUrl, terms, maximumBytes: listMaximumBytes }),
    putTeam: (terms) => call(http.send, { method: 'PUT', url: teamUrl, body: { role: 'member' }, terms }),
    addTeamMember: (name, terms) =>
      call(http.send, {
        method: 'PUT',
        url: `${teamUrl}/members/${encodeURIComponent(fullName(config.organization, name))}`,
        terms,
      }),
  }
}
