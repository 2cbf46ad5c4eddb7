import { type CallTerms, controlMarkerOf, type DeleteOutcome, markerOf } from '@pull-secret/domain'
import { isCallFailure } from '@pull-secret/registry-http'
import { fullName } from './quay-api.ts'
import { quayControlName } from './quay-robot-name.ts'
import type { ListedRobot } from './quay-wire.ts'
import { type ReadRobotDeps, readRobotList } from './read-robot.ts'

export interface ProveAbsenceDeps extends ReadRobotDeps {
  readonly deploymentId: string
}

type Finding = Exclude<DeleteOutcome, { kind: 'deleted' | 'not_revocable' }>
type Robots = ReadonlyArray<ListedRobot>

export interface RobotAbsence {
  /** What a complete listing says about a robot that a direct read did not find. */
  readonly look: (name: string, marker: string, terms: CallTerms) => Promise<Finding>
  /** As `look`, but makes the control robot where the listing shows nothing of ours that could vouch for it. */
  readonly prove: (name: string, marker: string, terms: CallTerms) => Promise<Finding>
}

/**
 * A listing that shows nothing of ours may come from a token that lost its rights. So it counts as proof only when it
 * shows
 * another robot of this deployment; where there is none, one inert robot outside every team is kept for this.
 */
export const makeRobotAbsence = ({ api, clock, organization, deploymentId }: ProveAbsenceDeps): RobotAbsence => {
  const anyOurs = markerOf(deploymentId, '')

  const judge = (robots: Robots, name: string, marker: string): Finding => {
    const namesake = robots.find((robot) => robot.name === fullName(organization, name))
    if (namesake !== undefined)
      return namesake.description === marker
        ? { kind: 'absent_unproved' }
        : { kind: 'absent', evidence: 'foreign_object' }
    return robots.some(({ description }) => description?.startsWith(anyOurs))
      ? { kind: 'absent', evidence: 'listing' }
      : { kind: 'absent_unproved' }
  }

  const look = async (name: string, marker: string, terms: CallTerms): Promise<Finding> => {
    const robots = readRobotList(await api.listRobots(terms), { clock })
    return isCallFailure(robots) ? robots : judge(robots, name, marker)
  }

  return {
    look,
    prove: async (name, marker, terms) => {
      const finding = await look(name, marker, terms)
      if (finding.kind !== 'absent_unproved') return finding
      await api.createRobot(quayControlName(deploymentId), controlMarkerOf(deploymentId), terms)
      return look(name, marker, terms)
    },
  }
}
