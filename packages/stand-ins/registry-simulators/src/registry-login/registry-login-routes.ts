import { jsonAnswer, type SimulatedAnswer } from '../http/answer.ts'
import type { Route } from '../http/route.ts'
import { readBasic, readBearer } from './authorization.ts'
import { makeJsonWebTokens } from './json-web-token.ts'

/** One repository a token may be used for, as in the `access` claim. */
export interface Access {
  type: 'repository'
  name: string
  actions: Array<string>
}

export interface RegistryLogin {
  /** Origin that the challenge's realm is on. */
  url: () => string
  realmPath: string
  service: () => string
  tokenLifetimeSeconds: number
  /** Extra fields of the token endpoint's answer. */
  tokenFields: (token: string) => Record<string, unknown>
  accepts: (username: string, password: string) => boolean
  mayPull: (username: string, repository: string) => boolean
}

const registryError = (
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): SimulatedAnswer => jsonAnswer(status, { errors: [{ code, message, detail: {} }] }, headers)

const askedAccess = (scopes: ReadonlyArray<string>): Array<Access> =>
  scopes.flatMap((scope) => {
    const [, name = '', actions = ''] = /^repository:([^:]+):(.+)$/.exec(scope) ?? []
    return name === '' ? [] : [{ type: 'repository' as const, name, actions: actions.split(',') }]
  })

const maySee = (claims: Record<string, unknown>, repository: string): boolean =>
  (claims['access'] as Array<Access>).some(({ name, actions }) => name === repository && actions.includes('pull'))

/**
 * A registry's docker login: the challenge at `/v2/`, the token endpoint it names, and manifests as proof of a pull.
 * A scope without permission still gets a token, with fewer actions; a token outlives its account until it expires.
 */
export const registryLoginRoutes = (login: RegistryLogin): ReadonlyArray<Route> => {
  const { url, realmPath, service, tokenLifetimeSeconds, tokenFields, accepts, mayPull } = login
  const tokens = makeJsonWebTokens()

  const challenge = (): SimulatedAnswer =>
    registryError(401, 'UNAUTHORIZED', 'access to the requested resource is not authorized', {
      'www-authenticate': `Bearer realm="${url()}${realmPath}",service="${service()}"`,
      'docker-distribution-api-version': 'registry/2.0',
    })

  const claimsOf = (authorization: string | undefined) => {
    const bearer = readBearer(authorization)
    return bearer === undefined ? undefined : tokens.verify(bearer)
  }

  const manifest: Route['act'] = ({ authorization }, { rest = '' }) => {
    const [, repository] = /^(.+)\/manifests\/[^/]+$/.exec(rest) ?? []
    if (repository === undefined) return registryError(404, 'NAME_UNKNOWN', 'repository name not known to registry')
    const claims = claimsOf(authorization)
    return claims !== undefined && maySee(claims, repository)
      ? registryError(404, 'MANIFEST_UNKNOWN', 'manifest unknown')
      : challenge()
  }

  return [
    {
      operation: 'registryToken',
      method: 'GET',
      path: realmPath,
      act: ({ authorization, query }) => {
        const basic = readBasic(authorization)
        if (basic === undefined || !accepts(basic.username, basic.password))
          return registryError(
            401,
            'UNAUTHORIZED',
            'Could not find an account with this username and supplied password.',
          )
        const now = Math.floor(Date.now() / 1000)
        const access = askedAccess(query.getAll('scope')).map((asked) => ({
          ...asked,
          actions: asked.actions.filter((action) => action === 'pull' && mayPull(basic.username, asked.name)),
        }))
        const claims = {
          sub: basic.username,
          aud: query.get('service'),
          iat: now,
          exp: now + tokenLifetimeSeconds,
          access,
        }
        return jsonAnswer(200, tokenFields(tokens.sign(claims)))
      },
    },
    {
      operation: 'registryPing',
      method: 'GET',
      path: '/v2/',
      act: ({ authorization }) => (claimsOf(authorization) === undefined ? challenge() : jsonAnswer(200, {})),
    },
    { operation: 'registryManifest', method: 'GET', path: '/v2/:rest*', act: manifest },
    { operation: 'registryManifest', method: 'HEAD', path: '/v2/:rest*', act: manifest },
  ]
}
