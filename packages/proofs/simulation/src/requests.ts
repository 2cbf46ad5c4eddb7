import type { BanReport, Cause, DeleteCommand, Deletion, GenerateCommand, PullSecret } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { credentialsIn, type Request } from './callers.ts'
import { behindHost } from './configuration.ts'
import type { Service } from './fleet.ts'
import { deletedForCertain } from './invariants/in-answers.ts'
import { bannedForCertain } from './invariants/in-bans.ts'
import { epoch } from './simulated-clock.ts'
import type { Side, World } from './world.ts'

/** The audit says of every change which kind of request made it. */
const causeOf = (kind: Request['kind']): Cause => ({
  subject: 'adapter',
  reason: 'cluster_provisioning',
  traceId: kind,
})

/** Sends a request and notes what its sender sees; a rejection is a bug of ours. */
const send = <L extends { readonly code: string }, A>(
  { scheduler, timeline, overhear }: World,
  { callers, fleet }: Side,
  request: Request,
  call: TaskEither<L, A>,
  answered: (answer: E.Either<L, A>, request: Request) => Request['answer'],
): Promise<void> => {
  callers.requests.push(request)
  const stoodStill = request.replica.stoodStillMilliseconds()
  const named = `${fleet.deploymentId} ${request.kind} ${request.clusterId}`
  timeline.note(() => `> ${named}${request.recreates === undefined ? '' : ' recreate'}`)
  return call().then(
    (answer) => {
      if (!request.replica.isAlive()) return
      request.endedAt = scheduler.now()
      request.tookMilliseconds =
        request.endedAt - request.beganAt - (request.replica.stoodStillMilliseconds() - stoodStill)
      request.answer = answered(answer, request)
      if (E.isLeft(answer)) {
        request.code = answer.left.code
        overhear(JSON.stringify(answer.left))
      }
      timeline.note(() => `< ${named}: ${E.isLeft(answer) ? answer.left.code : (request.answer ?? '')}`)
    },
    (bug: unknown) => {
      callers.bugs.push(bug)
    },
  )
}

const noteSecret = (
  world: World,
  { callers, fleet, deletedIncarnations }: Side,
  request: Request,
  answer: E.Either<{ readonly code: string }, PullSecret>,
): Request['answer'] => {
  if (E.isRight(answer)) {
    const credentials = credentialsIn(
      answer.right,
      request.beganAt,
      world.scheduler.now(),
      (instant) => instant - epoch,
      (host) => behindHost(fleet.registries, host),
    )
    request.served = answer.right.incarnation
    request.registryIds = [...new Set(credentials.map(({ registryId }) => registryId))]
    callers.given.push(...credentials)
    world.overhear(JSON.stringify({ ...answer.right, document: undefined, text: undefined }))
    return 'secret'
  }
  const refusal = answer.left as { readonly code: string; readonly clusterId?: string; readonly incarnation?: number }
  if (refusal.code === 'CLUSTER_DELETED' && refusal.clusterId !== undefined)
    deletedIncarnations.set(refusal.clusterId, refusal.incarnation ?? 0)
  return 'refused'
}

const begun = (
  world: World,
  { replica, registries }: Service,
  kind: Request['kind'],
  clusterId: string,
  more: Partial<Pick<Request, 'recreates' | 'incarnation'>> = {},
): Request => ({
  replica,
  kind,
  clusterId,
  required: registries.filter(({ required, enabled }) => required && enabled).map(({ id }) => id),
  ...more,
  beganAt: world.scheduler.now(),
})

export const generate = (
  world: World,
  side: Side,
  service: Service,
  command: Omit<GenerateCommand, 'cause'>,
): Promise<void> =>
  send(
    world,
    side,
    begun(world, service, 'generate', command.clusterId, { recreates: command.recreate }),
    service.generate({ ...command, cause: causeOf('generate') }),
    (answer, request) => noteSecret(world, side, request, answer),
  )

export const retrieve = (world: World, side: Side, service: Service, clusterId: string): Promise<void> =>
  send(world, side, begun(world, service, 'retrieve', clusterId), service.retrieve(clusterId), (answer, request) =>
    noteSecret(world, side, request, answer),
  )

const refusalOf = ({ code }: { readonly code: string }): Request['answer'] =>
  code === 'LEDGER_OUTCOME_UNKNOWN' ? 'unknown' : 'refused'

export const remove = async (
  world: World,
  side: Side,
  service: Service,
  command: Omit<DeleteCommand, 'cause'>,
): Promise<void> => {
  const request = begun(world, service, 'delete', command.clusterId, { incarnation: command.incarnation })
  const removed = service.remove({ ...command, cause: causeOf('delete') })
  await send<{ readonly code: string }, Deletion>(world, side, request, removed, (answer) => {
    if (E.isRight(answer)) {
      if (answer.right.kind === 'deleting') request.met = answer.right.incarnation
      return answer.right.kind
    }
    return refusalOf(answer.left)
  })
  world.brokenOnTheWay.push(...deletedForCertain(side, request))
}

const noteBan = (answer: E.Either<{ readonly code: string }, BanReport>): Request['answer'] => {
  if (E.isLeft(answer)) return refusalOf(answer.left)
  const { ban: standing, revocations } = answer.right
  if (standing === undefined) return 'not banned'
  return revocations.every(({ status }) => status === 'revoked') ? 'banned and revoked' : 'banned'
}

export const ban = async (world: World, side: Side, service: Service, clusterId: string): Promise<void> => {
  const request = begun(world, service, 'ban', clusterId)
  const call = service.ban({ clusterId, reason: 'found in a public log', cause: causeOf('ban') })
  await send(world, side, request, call, noteBan)
  world.brokenOnTheWay.push(...bannedForCertain(side, request))
}

export const unban = (world: World, side: Side, service: Service, clusterId: string): Promise<void> =>
  send(world, side, begun(world, service, 'unban', clusterId), service.unban(clusterId, causeOf('unban')), noteBan)

export const recover = (world: World, side: Side, service: Service): Promise<void> =>
  send(
    world,
    side,
    begun(world, service, 'recover', ''),
    service.recover({ ...causeOf('recover'), subject: 'recovery' }),
    (answer) => (E.isRight(answer) ? 'recovered' : 'refused'),
  )
