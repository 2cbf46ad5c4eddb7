import { AsyncLocalStorage } from 'node:async_hooks'
import { Agent, type Dispatcher } from 'undici'
import type { ServiceProcess } from '../stage/service-process.ts'
import type { Attempt, CallKind, Excuse } from './journal.ts'

/** One process of the service, as the balancer knows it. */
export interface Replica {
  readonly name: string
  readonly isFar: boolean
  readonly service: ServiceProcess
  isKilled: boolean
}

/** What stands between adapters and replicas: each request goes to the next replica in the rotation. */
export interface Balance {
  /** For SDK clients, whatever their base URL is. */
  readonly dispatcher: Dispatcher
  /** Requests of this call, and of what it starts, are recorded as of this kind. */
  readonly as: <A>(kind: CallKind, call: () => Promise<A>) => Promise<A>
  readonly enter: (replica: Replica) => void
  readonly leave: (replica: Replica) => void
  /** Replicas that have a request of the kind under way. */
  readonly busyWith: (kind: CallKind) => ReadonlyArray<Replica>
  readonly attempts: () => ReadonlyArray<Attempt>
  readonly close: () => Promise<void>
}

interface Open {
  readonly kind: CallKind
  readonly replica: Replica
  readonly beganAt: number
  /** Whether the replica was alive when it began. */
  readonly isHopeful: boolean
}

/** Where nobody listens. */
const nowhere = 'http://127.0.0.1:9'
const finalStatus = 200

/** @param now milliseconds */
export const makeBalance = (now: () => number): Balance => {
  const agent = new Agent()
  const kinds = new AsyncLocalStorage<CallKind>()
  const attempts: Array<Attempt> = []
  const underWay = new Set<Open>()
  let rotation: ReadonlyArray<Replica> = []
  let turn = 0

  const excuseOf = ({ replica, isHopeful }: Open, error: Error): Excuse | undefined => {
    if (replica.isKilled) return isHopeful ? 'in flight' : 'refused'
    return error.name === 'TimeoutError' ? 'timed out' : undefined
  }

  const close = (open: Open, answer: Pick<Attempt, 'status' | 'saysWhen' | 'excuse'>): void => {
    const { kind, replica, beganAt } = open
    underWay.delete(open)
    attempts.push({
      kind,
      replica: replica.name,
      isFar: replica.isFar,
      beganAt,
      endedAt: now(),
      ...answer,
    })
  }

  const watched = (open: Open, handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler => {
    let answer: Pick<Attempt, 'status' | 'saysWhen'> = {}
    return {
      onRequestStart: (...given) => handler.onRequestStart?.(...given),
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStart: (controller, status, headers, text) => {
        if (status >= finalStatus) answer = { status, saysWhen: headers['retry-after'] !== undefined }
        handler.onResponseStart?.(controller, status, headers, text)
      },
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => {
        close(open, answer)
        handler.onResponseEnd?.(...given)
      },
      onResponseError: (controller, error) => {
        close(open, { excuse: excuseOf(open, error) })
        handler.onResponseError?.(controller, error)
      },
    }
  }

  const dispatcher = agent.compose((dispatch) => (options, handler) => {
    const replica = rotation[turn % rotation.length]
    const kind = kinds.getStore()
    turn += 1
    if (replica === undefined || kind === undefined) return dispatch({ ...options, origin: nowhere }, handler)
    const open = { kind, replica, beganAt: now(), isHopeful: !replica.isKilled }
    underWay.add(open)
    return dispatch({ ...options, origin: replica.service.url }, watched(open, handler))
  })

  return {
    dispatcher,
    as: (kind, call) => kinds.run(kind, call),
    enter: (replica) => {
      rotation = [...rotation, replica]
    },
    leave: (replica) => {
      rotation = rotation.filter((other) => other !== replica)
    },
    busyWith: (wanted) => [
      ...new Set([...underWay].filter(({ kind }) => kind === wanted).map(({ replica }) => replica)),
    ],
    attempts: () => attempts,
    close: () => agent.destroy(),
  }
}
