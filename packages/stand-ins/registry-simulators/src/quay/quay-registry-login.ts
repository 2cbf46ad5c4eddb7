import type { Route } from '../http/route.ts'
import { registryLoginRoutes } from '../registry-login/registry-login-routes.ts'
import { type QuayState, teamsOf } from './quay-state.ts'

const oneHourSeconds = 3600

/**
 * Quay's docker login (quay/quay endpoints/v2/v2auth.py). A robot may pull the organization's repositories once it is
 * in a team.
 */
export const quayRegistryLogin = ({
  organization,
  state,
  save,
  url,
  serviceHost,
  reportsUse,
  tokenLifetimeSeconds = oneHourSeconds,
}: {
  organization: string
  state: QuayState
  save: () => void
  url: () => string
  serviceHost: string | undefined
  reportsUse: boolean
  tokenLifetimeSeconds?: number | undefined
}): ReadonlyArray<Route> => {
  const prefix = `${organization}+`

  const accepts = (username: string, password: string): boolean => {
    const robot = username.startsWith(prefix) ? state.robots.get(username.slice(prefix.length)) : undefined
    if (robot === undefined || robot.token !== password) return false
    if (reportsUse) {
      robot.lastAccessedAt = new Date().toISOString()
      save()
    }
    return true
  }

  return registryLoginRoutes({
    url,
    realmPath: '/v2/auth',
    service: () => serviceHost ?? new URL(url()).host,
    tokenLifetimeSeconds,
    tokenFields: (token) => ({ token }),
    accepts,
    mayPull: (username, repository) =>
      repository.startsWith(`${organization}/`) && teamsOf(state, username.slice(prefix.length)).length > 0,
  })
}
