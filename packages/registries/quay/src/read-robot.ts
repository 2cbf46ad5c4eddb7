import type { CallTerms, Clock } from '@pull-secret/domain'
import { type CallFailure, decodeBody, type HttpResult, isSuccess } from '@pull-secret/registry-http'
import { fullName, type QuayApi } from './quay-api.ts'
import { failureOf } from './quay-failure.ts'
import { type ListedRobot, type Robot, robot, robotList, saysRobotIsMissing } from './quay-wire.ts'

export interface ReadRobotDeps {
  readonly api: QuayApi
  readonly clock: Clock
  readonly organization: string
}

const unreadable: CallFailure = { kind: 'unknown', problem: 'unreadable_answer' }

/** The robot of this name, whoever made it. */
export const readRobot = async (
  { api, clock, organization }: ReadRobotDeps,
  name: string,
  terms: CallTerms,
): Promise<Robot | 'missing' | CallFailure> => {
  const result = await api.getRobot(name, terms)
  if (result.kind !== 'answered') return result
  if (saysRobotIsMissing(result)) return 'missing'
  if (!isSuccess(result)) return failureOf(result, clock.now())
  const shown = decodeBody(robot, result)
  return shown?.name === fullName(organization, name) ? shown : unreadable
}

/** Every robot of the organisation, or why there is no complete list. */
export const readRobotList = (
  result: HttpResult,
  { clock }: Pick<ReadRobotDeps, 'clock'>,
): ReadonlyArray<ListedRobot> | CallFailure => {
  if (result.kind !== 'answered' || !isSuccess(result)) return failureOf(result, clock.now())
  return decodeBody(robotList, result)?.robots ?? unreadable
}
