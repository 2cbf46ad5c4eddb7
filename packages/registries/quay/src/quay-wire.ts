import { decodeBody, type HttpAnswer, secret } from '@pull-secret/registry-http'
import * as t from 'io-ts'

/**
 * A robot as create and a single read show it to an administrator of the organisation (quay/quay
 * endpoints/api/robot_models_interface.py).
 */
export const robot = t.intersection([
  t.type({ name: t.string }),
  t.partial({ description: t.union([t.string, t.null]), token: secret }),
])
export type Robot = t.TypeOf<typeof robot>

export const robotList = t.type({
  robots: t.array(
    t.intersection([t.type({ name: t.string }), t.partial({ description: t.union([t.string, t.null]) })]),
  ),
})
export type ListedRobot = t.TypeOf<typeof robotList>['robots'][number]

/** Quay tells its errors in three JSON shapes: ApiException, an uncaught model error, abort(). */
const problemBody = t.partial({
  error_message: t.string,
  message: t.string,
  error: t.string,
  detail: t.string,
  is_readonly: t.boolean,
})

const sentenceOf = (answer: HttpAnswer): string => {
  const body = decodeBody(problemBody, answer)
  return body?.error_message ?? body?.message ?? body?.error ?? body?.detail ?? ''
}

/** quay/quay answers 400 for a robot that is not there; 404 is what its API description says. */
export const saysRobotIsMissing = (answer: HttpAnswer): boolean =>
  (answer.status === 400 || answer.status === 404) && /could not find robot/i.test(sentenceOf(answer))

/** Either the check before the insert found the name, or the unique index did, for the slower of two creates. */
export const saysNameIsTaken = (answer: HttpAnswer): boolean =>
  answer.status === 400 && /existing robot with name|duplicate|unique constraint/i.test(sentenceOf(answer))

export const saysAlreadyMember = (answer: HttpAnswer): boolean =>
  answer.status === 400 && /already a member/i.test(sentenceOf(answer))

/** A member can be added to a team that exists only: endpoints/api/team.py answers the ApiException "not found". */
export const saysTeamIsMissing = (answer: HttpAnswer): boolean => answer.status === 404 && sentenceOf(answer) !== ''

/** Quay refuses every change before its handlers while the server is read-only. */
export const saysReadOnly = (answer: HttpAnswer): boolean =>
  answer.status === 503 && decodeBody(problemBody, answer)?.is_readonly === true

/** Quay leaves the teams out for somebody who may not see them (quay/quay endpoints/api/organization.py). */
export const organizationView = t.type({ teams: t.record(t.string, t.unknown) })

export const teamMember = t.type({ name: t.string })
