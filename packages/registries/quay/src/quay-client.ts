import {
  type AccessCheck,
  type CallTerms,
  controlMarkerOf,
  type ListOutcome,
  markerOf,
  type ReadOutcome,
  type ReadRequest,
  type RegistryClient,
  type RegistryDependencies,
} from '@pull-secret/domain'
import {
  guardedClient,
  type HttpClient,
  isCallFailure,
  makeLoginCheck,
  makePatientHttp,
  type SecretFile,
} from '@pull-secret/registry-http'
import { makeCreateRobot } from './create-robot.ts'
import { makeDeleteRobot } from './delete-robot.ts'
import { makeRobotAbsence } from './prove-robot-absence.ts'
import { fullName, makeQuayApi } from './quay-api.ts'
import type { QuayConfig } from './quay-config.ts'
import { quayRobotName } from './quay-robot-name.ts'
import { readRobot, readRobotList } from './read-robot.ts'

export interface QuayClientDeps extends RegistryDependencies {
  readonly config: QuayConfig
  readonly http: HttpClient
  readonly token: SecretFile
}

/** What every marker of every deployment begins with. */
const anyMarker = markerOf('', '').split('/')[0] ?? ''

/**
 * Quay's robots as credentials (quay/quay endpoints/api/robot.py, team.py). Names are unique in the organisation, a
 * robot's
 * token can be read again by the administrator, and a delete takes effect at once; bearer tokens that the registry
 * handed
 * out before live on for an hour.
 */
export const makeQuayClient = (deps: QuayClientDeps): RegistryClient => {
  const { config, clock, deploymentId, http } = deps
  const { organization } = config
  const api = makeQuayApi({ config, http, token: deps.token })
  const patientApi = makeQuayApi({ config, http: makePatientHttp({ http, clock }), token: deps.token })
  const absence = makeRobotAbsence({ api, clock, organization, deploymentId })
  const create = makeCreateRobot({ api, patientApi, clock, organization, team: config.team })
  const remove = makeDeleteRobot({ api, clock, organization, absence })

  const read = async ({ vendorName, marker, terms }: ReadRequest): Promise<ReadOutcome> => {
    const found = await readRobot({ api, clock, organization }, vendorName, terms)
    if (found === 'missing')
      return { kind: 'absent', controlled: (await absence.look(vendorName, marker, terms)).kind === 'absent' }
    if (isCallFailure(found)) return found
    const ours = found.description === marker
    return { kind: 'found', ours, username: found.name, vendorId: found.name, token: ours ? found.token : undefined }
  }

  const list = async (terms: CallTerms): Promise<ListOutcome> => {
    const robots = readRobotList(await api.listRobots(terms), { clock })
    if (isCallFailure(robots)) return robots
    const credentials = robots
      .filter(({ description }) => description !== controlMarkerOf(deploymentId))
      .map(({ name, description }) => ({
        vendorName: name.slice(fullName(organization, '').length),
        vendorId: name,
        marker: description?.startsWith(anyMarker) ? description : undefined,
      }))
    return { kind: 'listed', credentials }
  }

  const check = async (terms: CallTerms): Promise<AccessCheck> => {
    const robots = readRobotList(await api.listOneRobot(terms), { clock })
    return isCallFailure(robots) ? { kind: 'failing', problem: robots.problem } : { kind: 'working' }
  }

  return {
    capabilities: {
      recoveryClass: 'read-back',
      uniqueNames: true,
      landingWindowSeconds: 900,
      loginsFollowAtOnce: true,
      executesOnce: false,
      deleteConsistency: 'strong',
      settleSeconds: 30,
      revocable: true,
      sharedObject: false,
    },
    scope: `${config.baseUrl}|${organization}`,
    vendorName: quayRobotName,
    ...guardedClient({ create, read, remove, list, check }, { clock }),
    validateCredential: makeLoginCheck({ http, clock, registryUrl: config.baseUrl, insecureHttp: config.insecureHttp }),
  }
}
