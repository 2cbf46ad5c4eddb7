import type { SimulatedAnswer } from '../http/answer.ts'
import type { ReceivedRequest } from '../http/received-request.ts'
import type { PathValues, Route } from '../http/route.ts'
import { readBearer } from '../registry-login/authorization.ts'
import { csrfRefusal, insufficientScope, invalidToken } from './quay-answers.ts'

/** `powerless`: still accepted, but no longer an administrator of the organization. */
export type AdministratorTokenState = 'valid' | 'expired' | 'powerless'

export const isAdministratorTokenState = (state: string): state is AdministratorTokenState =>
  state === 'valid' || state === 'expired' || state === 'powerless'

export interface AdministratorTokens {
  set: (token: string, state: AdministratorTokenState) => void
  /** Puts Quay's checks before a route: the token, then the right to the organization. */
  guard: (act: Route['act']) => Route['act']
}

export const makeAdministratorTokens = (organization: string, initial: ReadonlyArray<string>): AdministratorTokens => {
  const states = new Map<string, AdministratorTokenState>(initial.map((token) => [token, 'valid']))

  const refusal = (request: ReceivedRequest, values: PathValues): SimulatedAnswer | undefined => {
    const state = states.get(readBearer(request.authorization) ?? '')
    if (state === undefined || state === 'expired') return request.method === 'GET' ? invalidToken() : csrfRefusal()
    return state === 'powerless' || values['organization'] !== organization ? insufficientScope() : undefined
  }

  return {
    set: (token, state) => void states.set(token, state),
    guard: (act) => (request, values) => refusal(request, values) ?? act(request, values),
  }
}
