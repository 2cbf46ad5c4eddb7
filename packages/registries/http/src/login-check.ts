import type { CallProblem, Clock, ValidateRequest, Validation } from '@pull-secret/domain'
import type { Task } from 'fp-ts/lib/Task.js'
import * as t from 'io-ts'
import { isSafeAddress } from './clear-text.ts'
import { failureOfAnswer } from './failure-of-answer.ts'
import type { HttpClient } from './http-client.ts'
import { type Authorization, headerValues, type HttpAnswer, type HttpResult, isSuccess } from './http-message.ts'
import { decodeBody, secret } from './json-body.ts'
import { type LoginChallenge, readLoginChallenges } from './login-challenge.ts'
import { toOutcome } from './outcome-task.ts'
import { trustedRealm } from './trusted-realm.ts'

export interface LoginCheckDeps {
  readonly http: HttpClient
  readonly clock: Clock
  /** Address of the registry, without `/v2/`. */
  readonly registryUrl: string
  /** Hosts, beside the registry's own, that may receive a login. */
  readonly realmHosts?: ReadonlyArray<string>
  /** Logins may travel in clear text beyond this machine; by default they may not. */
  readonly insecureHttp?: boolean
  /**
   * Asked of the token endpoint. Some vendors refuse a bad login only without a scope (Quay, Harbor),
   * some only with one (Artifact Registry).
   */
  readonly scope?: string
}

const clientId = 'hyperfleet-pull-secret-service'
const tokenAnswer = t.union([t.type({ token: secret }), t.type({ access_token: secret })])

const indeterminate = (problem?: CallProblem): Validation =>
  problem === undefined ? { kind: 'indeterminate' } : { kind: 'indeterminate', problem }

const realmAddress = (realm: URL, challenge: LoginChallenge, username: string, scope: string | undefined): string => {
  const address = new URL(realm)
  const { service } = challenge.parameters
  if (service !== undefined) address.searchParams.set('service', service)
  address.searchParams.set('account', username)
  address.searchParams.set('client_id', clientId)
  if (scope !== undefined) address.searchParams.set('scope', scope)
  return address.href
}

/**
 * Logs in as a container runtime would, by the challenge of `GET /v2/` (distribution docs/content/spec/auth).
 * Only a 401 to the login itself is `invalid`; a registry that asks for no login, a limit, an error and a timeout are
 * `indeterminate`. A login is sent only where {@link trustedRealm} allows, and redirects are not followed.
 */
export const makeLoginCheck = ({
  http,
  clock,
  registryUrl,
  realmHosts = [],
  insecureHttp = false,
  scope,
}: LoginCheckDeps): ((request: ValidateRequest) => Task<Validation>) => {
  const pingUrl = `${registryUrl}/v2/`

  const judged = (result: HttpResult, accepts: (answer: HttpAnswer) => boolean): Validation => {
    if (result.kind !== 'answered') return indeterminate(result.problem)
    if (result.status === 401) return { kind: 'invalid' }
    return isSuccess(result) && accepts(result)
      ? { kind: 'valid' }
      : indeterminate(failureOfAnswer(result, clock.now()).problem)
  }

  const logIn = async (
    challenges: ReadonlyArray<LoginChallenge>,
    { username, token, terms }: ValidateRequest,
  ): Promise<Validation> => {
    const authorization: Authorization = { scheme: 'Basic', username, password: token }
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer')
    if (bearer !== undefined) {
      const realm = trustedRealm(bearer.parameters['realm'], registryUrl, { realmHosts, insecureHttp })
      if (realm === undefined) return indeterminate('unreadable_answer')
      const result = await http.read({
        method: 'GET',
        url: realmAddress(realm, bearer, username, scope),
        authorization,
        terms,
      })
      return judged(result, (answer) => decodeBody(tokenAnswer, answer) !== undefined)
    }
    const mayLogIn = insecureHttp || isSafeAddress(new URL(pingUrl))
    if (!challenges.some(({ scheme }) => scheme === 'basic') || !mayLogIn) return indeterminate('unreadable_answer')
    return judged(await http.read({ method: 'GET', url: pingUrl, authorization, terms }), () => true)
  }

  const check = async (request: ValidateRequest): Promise<Validation> => {
    const ping = await http.read({ method: 'GET', url: pingUrl, terms: request.terms })
    if (ping.kind !== 'answered') return indeterminate(ping.problem)
    if (isSuccess(ping)) return indeterminate()
    if (ping.status !== 401) return indeterminate(failureOfAnswer(ping, clock.now()).problem)
    return logIn(headerValues(ping, 'www-authenticate').flatMap(readLoginChallenges), request)
  }

  return (request) =>
    toOutcome(
      () => check(request),
      () => indeterminate('server_error'),
    )
}
