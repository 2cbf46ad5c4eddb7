import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { GenerateCommand, DeleteCommand } from '@pull-secret/domain'
import type { Deletion, PullSecret } from '@pull-secret/application'
import { credentialsIn, makeCallers, type Callers, type Request } from './callers.ts'
import type { FaultSource } from './faults.ts'
import { makeFleet, type Fleet, type Service, type VendorPlan } from './fleet.ts'
import { nothingBroken, violationsOf, type Violation } from './invariants.ts'
import { makeRandom, type Random } from './random.ts'
import { makeScheduler, type Scheduler } from './scheduler.ts'
import { makeTimeline, silentTimeline, type Timeline } from './timeline.ts'
import type { Network } from './wire-call.ts'

export interface World {
  readonly network: Network
  readonly fleet: Fleet
  readonly callers: Callers
  readonly plans: ReadonlyArray<VendorPlan>
  /** The incarnation that each cluster's last CLUSTER_DELETED showed. */
  readonly deletedIncarnations: Map<string, number>
  /** Promises seen broken on the way. */
  readonly brokenOnTheWay: Violation[]
}

export interface WorldOptions {
  readonly seed: number
  readonly plans: ReadonlyArray<VendorPlan>
  readonly faults: (random: Random) => FaultSource
  /** Keeps a timeline that a person can read. */
  readonly trace?: boolean
}

export const makeWorld = ({ seed, plans, faults, trace = false }: WorldOptions): World => {
  const random = makeRandom(seed)
  const scheduler: Scheduler = makeScheduler()
  const timeline: Timeline = trace ? makeTimeline(scheduler.now) : silentTimeline
  const network: Network = { scheduler, random, faults: faults(random), timeline, foreign: new Set() }
  const callers = makeCallers()
  return { network, fleet: makeFleet(network, plans, (bug) => { callers.bugs.push(bug) }), callers, plans, deletedIncarnations: new Map(), brokenOnTheWay: [] }
}

export const cause = { subject: 'adapter', reason: 'cluster_provisioning', traceId: 'simulated' }

/** Sends a request and notes what its sender sees; a rejection is a bug of ours. */
const send = <L extends { readonly code: string }, A>(world: World, request: Request, call: TaskEither<L, A>, answered: (answer: E.Either<L, A>) => Request['answer']): Promise<void> => {
  const { callers, network: { scheduler, timeline } } = world
  callers.requests.push(request)
  timeline.note(() => `> ${request.kind} ${request.clusterId}${request.recreates ? ' recreate' : ''}`)
  return call().then((answer) => {
    request.endedAt = scheduler.now()
    request.answer = answered(answer)
    timeline.note(() => `< ${request.kind} ${request.clusterId}: ${E.isLeft(answer) ? answer.left.code : (request.answer ?? '')}`)
  }, (bug: unknown) => { callers.bugs.push(bug) })
}

const noteSecret = (world: World, answer: E.Either<{ readonly code: string }, PullSecret>): Request['answer'] => {
  if (E.isRight(answer)) {
    world.callers.given.push(...credentialsIn(answer.right, world.network.scheduler.now()))
    return 'secret'
  }
  const refusal = answer.left as { readonly code: string; readonly clusterId?: string; readonly incarnation?: number }
  if (refusal.code === 'CLUSTER_DELETED' && refusal.clusterId !== undefined) world.deletedIncarnations.set(refusal.clusterId, refusal.incarnation ?? 0)
  return 'refused'
}

const begun = (world: World, kind: Request['kind'], clusterId: string, recreates = false): Request => ({ kind, clusterId, recreates, beganAt: world.network.scheduler.now() })

export const generate = (world: World, service: Service, command: GenerateCommand): Promise<void> =>
  send(world, begun(world, 'generate', command.clusterId, command.recreate !== undefined), service.generate(command), (answer) => noteSecret(world, answer))

export const retrieve = (world: World, service: Service, clusterId: string): Promise<void> =>
  send(world, begun(world, 'retrieve', clusterId), service.retrieve(clusterId), (answer) => noteSecret(world, answer))

export const remove = (world: World, service: Service, command: DeleteCommand): Promise<void> =>
  send<{ readonly code: string }, Deletion>(world, begun(world, 'delete', command.clusterId), service.remove(command), (answer) => (E.isRight(answer) ? answer.right.kind : answer.left.code === 'LEDGER_OUTCOME_UNKNOWN' ? 'unknown' : 'refused'))

/** Looks at what callers hold, now. */
export const lookNow = (world: World): void => { world.brokenOnTheWay.push(...nothingBroken(world.callers, world.fleet)) }

const oneDay = 86_400_000
const roundsUntilRest = 400

const dueTimes = ({ fleet: { tables } }: World): ReadonlyArray<number> => [...tables.clusters.values()].flatMap(({ cluster, credentials }) => [
  ...(cluster?.state === 'live' && cluster.nextAttemptAt !== undefined ? [cluster.nextAttemptAt] : []),
  ...credentials.flatMap((row) => (row.state !== 'active' && row.nextAttemptAt !== undefined ? [row.nextAttemptAt] : [])),
])

/** Faults stop, whatever is on its way lands, and the service works until nothing is due. Then every promise is checked. */
export const comeToRest = async (world: World): Promise<ReadonlyArray<Violation>> => {
  const { network: { scheduler, faults, timeline }, fleet, callers } = world
  faults.stop()
  timeline.note(() => 'faults stop')
  await scheduler.advance(1_000_000)
  const janitor = fleet.start('janitor', 0)
  for (let round = 0; round < roundsUntilRest && dueTimes(world).length > 0; round += 1) {
    await scheduler.advance(Math.min(oneDay, Math.max(0, Math.min(...dueTimes(world)) - fleet.clock.now()) + 1))
    let isDone = false
    void janitor.recover({ ...cause, subject: 'recovery' })().catch((bug: unknown) => { callers.bugs.push(bug) }).finally(() => { isDone = true })
    await scheduler.runUntil(() => isDone)
  }
  return [...world.brokenOnTheWay, ...violationsOf(fleet, callers, world.plans, world.network.foreign)]
}
