import type { Figure } from '../bench/figure.ts'
import { median, percentile } from '../bench/statistics.ts'
import { type Attempt, type Call, isAnswered, isPutOff, needsNoVendor } from './journal.ts'
import { type Disturbance, recoveryOf } from './recovery.ts'
import type { Mode } from './rehearse-options.ts'
import { objectiveMilliseconds, roundTripMilliseconds } from './sizes.ts'

export interface Measured {
  readonly calls: ReadonlyArray<Call>
  readonly attempts: ReadonlyArray<Attempt>
  readonly disturbances: ReadonlyArray<Disturbance>
  /** Reads that were answered 304. */
  readonly unchanged: number
}

type Timed = Pick<Attempt, 'beganAt' | 'endedAt'>

const millisecondsOf = (timed: ReadonlyArray<Timed>): ReadonlyArray<number> =>
  timed.map(({ beganAt, endedAt }) => endedAt - beganAt)

const spread = (timed: ReadonlyArray<Timed>): string => {
  const taken = millisecondsOf(timed)
  return `p50 ${median(taken).toFixed(0)} ms, p99 ${percentile(taken, 0.99).toFixed(0)} ms, ${timed.length} of them`
}

const warm = ({ attempts }: Measured): ReadonlyArray<Attempt> =>
  attempts.filter((attempt) => needsNoVendor(attempt) && isAnswered(attempt))

/** What a distance from the database costs; nothing where no replica is far away. */
const byDistance = (answers: ReadonlyArray<Attempt>): ReadonlyArray<string> => {
  const [near, far] = [answers.filter(({ isFar }) => !isFar), answers.filter(({ isFar }) => isFar)]
  return far.length === 0
    ? []
    : [`near the database ${spread(near)}`, `${roundTripMilliseconds} ms away from it ${spread(far)}`]
}

/** The objective for answers that no vendor has a part in. */
export const answerFigure = (measured: Measured, mode: Mode): Figure => {
  const answers = warm(measured)
  return {
    name: 'p99 of answers without a vendor call, disturbances included',
    unit: 'ms',
    rounds: [percentile(millisecondsOf(answers), 0.99)],
    target: { atMost: objectiveMilliseconds[mode] },
    note: [spread(answers), ...byDistance(answers), `${measured.unchanged} reads answered 304`].join('; '),
  }
}

const seconds = (value: number): string => `${value.toFixed(1)} s`

const recoveries = ({ disturbances, attempts }: Measured): ReadonlyArray<string> =>
  disturbances.map((disturbance, index) => {
    const nextBeganAt = disturbances[index + 1]?.beganAt ?? Infinity
    const { askedAgain, noticedSeconds, readySeconds } = recoveryOf(disturbance, nextBeganAt, attempts)
    const callers =
      askedAgain === 0
        ? 'callers noticed nothing'
        : `callers noticed it for ${seconds(noticedSeconds)} (${askedAgain} requests sent again)`
    return `  ${disturbance.name}: ${callers}, all replicas ready after ${seconds(readySeconds)}`
  })

/** What an operator wants to know beside the objective, a line each. */
export const describeMeasured = (measured: Measured): ReadonlyArray<string> => {
  const { calls, attempts } = measured
  const cold = calls.filter(({ kind, complaint }) => kind === 'generate' && complaint === undefined)
  const created = attempts.filter((attempt) => attempt.kind === 'generate' && attempt.status === 200)
  const putOff = attempts.filter(isPutOff)
  const warmPutOff = putOff.filter(needsNoVendor).length
  const timedOut = attempts.filter(({ excuse }) => excuse === 'timed out').length
  const givenUp = calls.filter((call) => call.givenUp > 0).length
  return [
    `first generate of a cluster, retries included: ${spread(cold)}`,
    ...byDistance(created).map((line) => `  answered ${line}`),
    `answered 503 or 429 with Retry-After and sent again: ${putOff.length}, ${warmPutOff} of them needed no vendor`,
    `not answered within the patience of the SDK and sent again: ${timedOut}`,
    `calls that the SDK gave up after its retries and the adapter repeated: ${givenUp}`,
    'time to recover:',
    ...recoveries(measured),
  ]
}
