import type { DeleteOutcome, DeleteRequest } from '@pull-secret/domain'
import { isCallFailure } from '@pull-secret/registry-http'
import type { RobotAbsence } from './prove-robot-absence.ts'
import { failureOf } from './quay-failure.ts'
import { saysRobotIsMissing } from './quay-wire.ts'
import { readRobot, type ReadRobotDeps } from './read-robot.ts'

export interface DeleteRobotDeps extends ReadRobotDeps {
  readonly absence: RobotAbsence
}

/** Deletes a robot after a read that shows our marker; a robot of another under the same name stays. */
export const makeDeleteRobot =
  (deps: DeleteRobotDeps): ((request: DeleteRequest) => Promise<DeleteOutcome>) =>
  async ({ vendorName, marker, terms }) => {
    const { api, clock, absence } = deps
    const found = await readRobot(deps, vendorName, terms)
    if (found === 'missing') return absence.prove(vendorName, marker, terms)
    if (isCallFailure(found)) return found
    if (found.description !== marker) return { kind: 'absent', evidence: 'foreign_object' }

    const result = await api.deleteRobot(vendorName, terms)
    if (result.kind === 'answered' && result.status === 204) return { kind: 'deleted' }
    if (result.kind === 'answered' && saysRobotIsMissing(result)) return absence.prove(vendorName, marker, terms)
    return failureOf(result, clock.now())
  }
