import type { Listener, ListenerTls } from '../http/listener.ts'
import { type Simulator, type SimulatorOptions, startRuntime } from '../http/simulator-runtime.ts'
import { makeChosenNext } from '../state/chosen-next.ts'
import { makeStateFile } from '../state/state-file.ts'
import { tokenFingerprint } from '../state/token-fingerprint.ts'
import {
  type AdministratorTokenState,
  isAdministratorTokenState,
  makeAdministratorTokens,
} from './administrator-tokens.ts'
import { type ApiLimit, makeApiLimiter } from './api-limit.ts'
import { unrouted } from './quay-answers.ts'
import { quayRegistryLogin } from './quay-registry-login.ts'
import { keepQuayState, type KeptQuayState, restoreQuayState, type Robot, teamsOf } from './quay-state.ts'
import { robotRoutes } from './robot-routes.ts'
import { newRobotToken } from './robot-token.ts'
import { teamRoutes } from './team-routes.ts'

export type QuaySimulatorOptions = SimulatorOptions & {
  organization: string
  /** Bearer tokens with the scope `org:admin`. */
  administratorTokens: ReadonlyArray<string>
  /** The challenge's `service`. Default: the simulator's own host and port. */
  serviceHost?: string
  /** How long a registry token lives, its robot's deletion notwithstanding. Default 3600. */
  registryTokenLifetimeSeconds?: number
  /** Whether logins move `last_accessed`; at Quay a server's feature. Default false: always null. */
  reportsUse?: boolean
  /** Turns API calls away that come more often; logins have no limit. Default: none. */
  apiLimit?: ApiLimit
  /** Speaks HTTPS when given. */
  tls?: ListenerTls
}

/** A robot as a spec sees it, token included. */
export type QuayRobot = Robot & { name: string; teams: Array<string> }

export type QuaySimulator = Simulator & {
  robots: () => Array<QuayRobot>
  teams: () => Array<string>
  /** Puts in a robot that somebody else made. Returns its token. */
  addForeignRobot: (robot: { shortName: string; description?: string }) => string
  /** Deletes a robot behind everybody's back. */
  removeRobot: (shortName: string) => void
  removeTeam: (name: string) => void
  /** How many calls `apiLimit` has turned away. */
  turnedAway: () => number
  /** When each API call passed `apiLimit`, by this process's monotonic clock in milliseconds; empty without a limit. */
  admitted: () => ReadonlyArray<number>
  /** The next robot that is made or regenerated gets this token. */
  chooseNextToken: (token: string) => void
  setAdministratorToken: (token: string, state: AdministratorTokenState) => void
  expireAdministratorToken: (token: string) => void
}

/**
 * Starts one organization of a Quay registry: robots, teams and docker login, as `quay/quay` behaves.
 *
 * Operations for faults and counts: createRobot, getRobot, listRobots, deleteRobot, regenerateRobot, getOrganization,
 * putTeam, listTeamMembers, addTeamMember, removeTeamMember, registryPing, registryToken, registryManifest.
 *
 * @throws Error when the port is taken, or the state file is another simulator's or another organization's.
 */
export const startQuaySimulator = async (options: QuaySimulatorOptions): Promise<QuaySimulator> => {
  const {
    organization,
    administratorTokens,
    serviceHost,
    registryTokenLifetimeSeconds,
    reportsUse = false,
    apiLimit,
    tls,
  } = options
  const file = makeStateFile<KeptQuayState>({ file: options.stateFile, kind: 'quay' })
  const kept = file.load()
  if (kept !== undefined && kept.organization !== organization)
    throw new Error(`${options.stateFile} holds the organization ${kept.organization}, not ${organization}`)
  const state = restoreQuayState(kept)
  const save = () => file.save(keepQuayState(organization, state))
  const tokens = makeAdministratorTokens(organization, administratorTokens)
  const { guard } = tokens
  const limiter = makeApiLimiter(apiLimit)
  const robotTokens = makeChosenNext(newRobotToken)

  const robots = (): Array<QuayRobot> =>
    [...state.robots.values()].map((robot) => ({
      ...robot,
      name: `${organization}+${robot.shortName}`,
      teams: teamsOf(state, robot.shortName),
    }))

  const runtime = await startRuntime(options, {
    plans: [
      {
        port: options.port ?? 0,
        tls,
        servesControl: true,
        routes: (url) => [
          ...[
            ...robotRoutes({ organization, state, save, guard, newToken: robotTokens.draw }),
            ...teamRoutes({ organization, state, save, guard }),
          ].map(limiter.limited),
          ...quayRegistryLogin({
            organization,
            state,
            save,
            url,
            serviceHost,
            reportsUse,
            tokenLifetimeSeconds: registryTokenLifetimeSeconds,
          }),
        ],
      },
    ],
    unrouted,
    describeState: () => ({
      organization,
      robots: robots().map(({ token, ...shown }) => ({ ...shown, token_sha256: tokenFingerprint(token) })),
      teams: [...state.teams.values()].map(({ name, role }) => ({ name, role })),
    }),
    setAdministratorToken: (token, tokenState) => {
      if (!isAdministratorTokenState(tokenState)) return false
      tokens.set(token, tokenState)
      return true
    },
  })
  const { url, port } = runtime.listeners[0] as Listener

  return {
    url,
    port,
    faults: runtime.faults,
    stats: runtime.stats,
    close: runtime.close,
    robots,
    teams: () => [...state.teams.keys()],
    addForeignRobot: ({ shortName, description = '' }) => {
      const token = newRobotToken()
      const createdAt = new Date().toISOString()
      state.robots.set(shortName, { shortName, description, metadata: null, token, createdAt, lastAccessedAt: null })
      save()
      return token
    },
    removeRobot: (shortName) => {
      state.robots.delete(shortName)
      state.teams.forEach(({ members }) => members.delete(shortName))
      save()
    },
    removeTeam: (name) => {
      state.teams.delete(name)
      save()
    },
    turnedAway: limiter.turnedAway,
    admitted: limiter.admitted,
    chooseNextToken: robotTokens.choose,
    setAdministratorToken: tokens.set,
    expireAdministratorToken: (token) => tokens.set(token, 'expired'),
  }
}
