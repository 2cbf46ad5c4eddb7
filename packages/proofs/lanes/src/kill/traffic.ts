import { setTimeout as sleep } from 'node:timers/promises'
import { documentEntries, parsePullSecretAnswer } from '../stage/pull-secret-answer.ts'
import { type CallerAnswer, type CallerRequest, pullSecretPath, type ServiceCaller } from '../stage/service-caller.ts'
import type { CallKind, CallRecord } from './facts.ts'
import type { PlannedCall } from './plan-round.ts'

/** All callers of the service, and everything that they saw. */
export interface Traffic {
  /** Sends a call and its repetitions on its own; what comes of it is recorded. */
  readonly send: (call: PlannedCall) => void
  /** Calls that wait for their answer. */
  readonly open: () => number
  /** Resolves when no call is under way any more. */
  readonly done: () => Promise<void>
  readonly records: () => ReadonlyArray<CallRecord>
  /** The bodies of all answers that held no pull secret. */
  readonly otherBodies: () => ReadonlyArray<string>
  /** Keys of fingerprints that came with pull secrets. */
  readonly fingerprintKeys: () => ReadonlyArray<string>
}

export interface TrafficDeps {
  readonly call: ServiceCaller
  /** The URL of a running process; any of them will do. */
  readonly address: () => string
}

const pauseBeforeRetryMilliseconds = 400

interface Known {
  readonly fingerprints: Map<string, string>
  readonly incarnations: Map<string, number>
}

const requestOf = (kind: CallKind, clusterId: string, { fingerprints, incarnations }: Known): CallerRequest => {
  const path = pullSecretPath(clusterId)
  switch (kind) {
    case 'generate':
      return { method: 'POST', path, body: { cloud_provider: 'gcp', region: 'us-east1' } }
    case 'recreate':
      return { method: 'POST', path, body: { recreate: incarnations.get(clusterId) ?? 1 } }
    case 'get':
      return { method: 'GET', path }
    case 'verify':
      return {
        method: 'POST',
        path: `${path}/verification`,
        body: { fingerprint: fingerprints.get(clusterId) ?? `sha256:${'0'.repeat(64)}` },
      }
    case 'delete':
      return { method: 'DELETE', path }
  }
}

const incarnationIn = (text: string): number | undefined => {
  const { error } = JSON.parse(text) as { readonly error?: { readonly details?: { readonly incarnation?: number } } }
  return error?.details?.incarnation
}

const deservesRetry = (answer: CallerAnswer): boolean => answer === undefined || answer.status === 503

export const makeTraffic = ({ call, address }: TrafficDeps): Traffic => {
  const records: Array<CallRecord> = []
  const otherBodies: Array<string> = []
  const fingerprintKeys = new Set<string>()
  const known: Known = { fingerprints: new Map(), incarnations: new Map() }
  const underWay = new Set<Promise<void>>()
  let moment = 0
  let open = 0

  const read = (
    kind: CallKind,
    clusterId: string,
    { status, text }: NonNullable<CallerAnswer>,
  ): CallRecord['handed'] => {
    if (status === 200 && kind !== 'verify' && kind !== 'delete') {
      const secret = parsePullSecretAnswer(text)
      known.fingerprints.set(clusterId, secret.fingerprint)
      fingerprintKeys.add(secret.fingerprint_key)
      return documentEntries(secret.dockerconfigjson)
    }
    otherBodies.push(text)
    const incarnation = status === 409 ? incarnationIn(text) : undefined
    if (incarnation !== undefined) known.incarnations.set(clusterId, incarnation)
    return []
  }

  const ask = async ({ kind, clusterId, leavesAfterMilliseconds }: PlannedCall): Promise<CallerAnswer> => {
    const begun = (moment += 1)
    open += 1
    const signal = leavesAfterMilliseconds === undefined ? undefined : AbortSignal.timeout(leavesAfterMilliseconds)
    const answer = await call(address(), {
      ...requestOf(kind, clusterId, known),
      ...(signal === undefined ? {} : { signal }),
    })
    open -= 1
    const seen =
      answer === undefined
        ? { handed: [] }
        : { ended: (moment += 1), status: answer.status, handed: read(kind, clusterId, answer) }
    records.push({ clusterId, kind, begun, ...seen })
    return answer
  }

  const pursue = async (planned: PlannedCall): Promise<void> => {
    await sleep(planned.delayMilliseconds)
    let answer = await ask(planned)
    for (let retry = 0; retry < planned.retries && deservesRetry(answer); retry += 1) {
      await sleep(pauseBeforeRetryMilliseconds)
      answer = await ask({ ...planned, leavesAfterMilliseconds: undefined })
    }
  }

  return {
    send: (planned) => {
      const pursuit = pursue(planned).finally(() => underWay.delete(pursuit))
      underWay.add(pursuit)
    },
    open: () => open,
    done: async () => {
      await Promise.all(underWay)
    },
    records: () => records,
    otherBodies: () => otherBodies,
    fingerprintKeys: () => [...fingerprintKeys],
  }
}
