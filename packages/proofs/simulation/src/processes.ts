import * as E from 'fp-ts/lib/Either.js'
import type { Change, Configuration } from './configuration.ts'
import type { Process } from './fleet.ts'
import { replicaCount } from './operations.ts'
import { makeReplica } from './replica.ts'
import type { Side, World } from './world.ts'

/** The processes of one deployment, by the number of the replica that they run as. */
export interface Processes {
  /** Whoever died is replaced by another, with a clock of its own; nobody where the service refuses to start. */
  readonly at: (index: number) => Promise<Process | undefined>
  /**
   * Replaces a process by one whose configuration has one more change. The former ends what it does; where the service
   * refuses to start with the change, it stays.
   */
  readonly change: (index: number, change: Change) => Promise<void>
}

/** No operation. */
const starting = -2

export const makeProcesses = (world: World, side: Side, drawSkew: (index: number) => number): Processes => {
  const { deploymentId, serve } = side.fleet
  let created = 0
  const create = (index: number, configuration: Configuration): Process => {
    created += 1
    return {
      replica: makeReplica(`${deploymentId}-${String(created)}`, world.scheduler),
      skewMilliseconds: drawSkew(index),
      configuration,
    }
  }
  const processes = Array.from({ length: replicaCount }, (_, index) => create(index, []))
  const hasStarted = new Set<Process>()
  const start = async (process: Process): Promise<boolean> => {
    const started = await serve(process, world.networkOf(starting)).start()
    if (E.isLeft(started)) {
      const { code } = started.left
      world.timeline.note(() => `${process.replica.name} does not start: ${code}`)
      return false
    }
    hasStarted.add(process)
    if (process.configuration.length > side.newestConfiguration.length) side.newestConfiguration = process.configuration
    return true
  }
  return {
    at: async (index) => {
      const former = processes[index] as Process
      const process = former.replica.isAlive() ? former : create(index, former.configuration)
      processes[index] = process
      return hasStarted.has(process) || (await start(process)) ? process : undefined
    },
    change: async (index, change) => {
      const former = processes[index] as Process
      const process = create(index, [...former.configuration, change])
      if (!(await start(process))) return
      world.timeline.note(() => `${process.replica.name} starts with another ${change.setting} of ${change.registry}`)
      processes[index] = process
    },
  }
}
