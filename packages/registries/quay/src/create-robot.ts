import type { CallTerms, CreateOutcome, CreateRequest, SecretText, UnknownOutcome } from '@pull-secret/domain'
import { decodeBody, type HttpResult, isCallFailure, isSuccess } from '@pull-secret/registry-http'
import { fullName, type QuayApi } from './quay-api.ts'
import { failureOf } from './quay-failure.ts'
import {
  organizationView,
  robot,
  saysAlreadyMember,
  saysNameIsTaken,
  saysTeamIsMissing,
  teamMember,
} from './quay-wire.ts'
import { readRobot, type ReadRobotDeps } from './read-robot.ts'

export interface CreateRobotDeps extends ReadRobotDeps {
  readonly team: string
  /** For the steps after the first: waits where it is limited. */
  readonly patientApi: QuayApi
}

/**
 * Makes the robot and adds it to the team. Quay does the two in two calls, so each is written to be repeated: a robot
 * that is there is taken over by its description, a member that is there is welcome. A robot is never deleted because
 * a later step failed, and never regenerated: that would end a token which may be in use.
 */
export const makeCreateRobot = (deps: CreateRobotDeps): ((request: CreateRequest) => Promise<CreateOutcome>) => {
  const { api, patientApi, clock, organization, team } = deps

  const isMember = (result: HttpResult, username: string): boolean =>
    result.kind === 'answered' &&
    (saysAlreadyMember(result) || (isSuccess(result) && decodeBody(teamMember, result)?.name === username))

  /** One answer "not found" may be wrong, and making a team that is there changes its role: so look first. */
  const makeMissingTeam = async (terms: CallTerms): Promise<'there' | HttpResult> => {
    const shown = await patientApi.getOrganization(terms)
    const teams = shown.kind === 'answered' && isSuccess(shown) ? decodeBody(organizationView, shown)?.teams : undefined
    if (teams === undefined) return shown
    if (Object.hasOwn(teams, team)) return 'there'
    const made = await patientApi.putTeam(terms)
    return made.kind === 'answered' ? 'there' : made
  }

  const joinTeam = async ({ vendorName, terms }: CreateRequest): Promise<HttpResult> => {
    const added = await patientApi.addTeamMember(vendorName, terms)
    if (added.kind !== 'answered' || !saysTeamIsMissing(added)) return added
    const made = await makeMissingTeam(terms)
    return made === 'there' ? patientApi.addTeamMember(vendorName, terms) : made
  }

  const granted = async (request: CreateRequest, token: SecretText): Promise<CreateOutcome> => {
    const username = fullName(organization, request.vendorName)
    const joined = await joinTeam(request)
    if (isMember(joined, username)) return { kind: 'created', username, token, vendorId: username }
    return {
      kind: 'unknown',
      problem: joined.kind === 'not_sent' ? joined.problem : 'grant_failed',
      vendorId: username,
    }
  }

  /** Takes over what is there under our name, if it carries our marker. */
  const readBack = async (
    request: CreateRequest,
    ifMissing: CreateOutcome,
    ifUnread: (failure: UnknownOutcome) => CreateOutcome,
  ): Promise<CreateOutcome> => {
    const found = await readRobot({ api: patientApi, clock, organization }, request.vendorName, request.terms)
    if (found === 'missing') return ifMissing
    if (isCallFailure(found)) return ifUnread({ kind: 'unknown', problem: found.problem })
    if (found.description !== request.marker) return { kind: 'name_burnt' }
    return found.token === undefined
      ? { kind: 'refused', problem: 'administrator_refused', firstStep: false }
      : granted(request, found.token)
  }

  return async (request) => {
    const result = await api.createRobot(request.vendorName, request.marker, request.terms)
    if (result.kind !== 'answered') return result
    if (isSuccess(result)) {
      const made = decodeBody(robot, result)
      const isOurs = made?.name === fullName(organization, request.vendorName) && made.description === request.marker
      return isOurs && made.token !== undefined
        ? granted(request, made.token)
        : readBack(request, { kind: 'unknown', problem: 'unreadable_answer' }, (failure) => failure)
    }
    if (saysNameIsTaken(result)) return readBack(request, { kind: 'name_burnt' }, (failure) => failure)
    const refusal = failureOf(result, clock.now())
    return result.status === 400 ? readBack(request, refusal, () => refusal) : refusal
  }
}
