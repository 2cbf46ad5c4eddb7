import type { Claim } from '../stage/claim.ts'
import { type Attempt, type Call, isAnswered, isPutOff } from './journal.ts'
import type { Disturbance } from './recovery.ts'

/** What is known when a rehearsal is over. */
export interface Facts {
  readonly calls: ReadonlyArray<Call>
  readonly attempts: ReadonlyArray<Attempt>
  readonly disturbances: ReadonlyArray<Disturbance>
  /** Logins with credentials in use, during the load and after it, and those that a vendor refused. */
  readonly logins: number
  readonly refused: ReadonlyArray<string>
  /** Our objects at vendors, and what is wrong between them and the ledger. */
  readonly objects: number
  readonly orphans: ReadonlyArray<string>
  /** Rows and clusters with something left to do when patience ended; 0 where all was settled. */
  readonly unsettled: number
  readonly settledAfterSeconds: number
  readonly exitCodes: ReadonlyArray<number | undefined>
  readonly leftBehind: ReadonlyArray<string>
}

const counted = (attempts: ReadonlyArray<Attempt>, isWanted: (attempt: Attempt) => boolean): number =>
  attempts.filter(isWanted).length

/** What took longer than the SDK waits is a time, and those depend on the machine: only a call that is lost counts. */
const failed = ({ attempts }: Facts): ReadonlyArray<string> =>
  attempts
    .filter((attempt) => !isAnswered(attempt) && !isPutOff(attempt) && attempt.excuse === undefined)
    .map(({ kind, replica, status }) =>
      status === undefined
        ? `${kind} got no answer from ${replica}`
        : `${kind} was answered ${String(status)} by ${replica}, without Retry-After`,
    )

const lost = ({ calls }: Facts): ReadonlyArray<string> =>
  calls.flatMap(({ kind, complaint }) => (complaint === undefined ? [] : [`${kind}: ${complaint}`]))

/** Load that stood still, or struck nothing, would prove nothing. */
const idle = ({ attempts, calls, disturbances }: Facts): ReadonlyArray<string> => {
  const kinds = ['generate', 'regenerate', 'get', 'verify', 'delete'] as const
  const unasked = kinds.filter((kind) => !calls.some((call) => call.kind === kind && call.complaint === undefined))
  const unloaded = disturbances.filter(
    ({ beganAt, readyAt }) => !attempts.some((attempt) => attempt.beganAt < readyAt && attempt.endedAt > beganAt),
  )
  return [
    ...unasked.map((kind) => `no ${kind} was ever answered`),
    ...unloaded.map(({ name }) => `nothing was asked during: ${name}`),
  ]
}

/** What a deployment has to keep, whatever happens to it; anything that breaks one fails the rehearsal. */
export const claimsOf = (facts: Facts): ReadonlyArray<Claim> => {
  const { attempts, calls } = facts
  const inFlight = counted(attempts, ({ excuse }) => excuse === 'in flight')
  const refused = counted(attempts, ({ excuse }) => excuse === 'refused')
  const stops = facts.exitCodes.length
  return [
    {
      name: `no call was lost: ${calls.length} calls, ${attempts.length} requests`,
      broken: lost(facts),
    },
    {
      name: `no request failed but at a kill: ${inFlight} in flight, ${refused} sent to the dead replica`,
      broken: failed(facts),
    },
    {
      name: `no orphan at a vendor: ${facts.objects} objects of ours, each with a living row`,
      broken: facts.orphans,
    },
    {
      name: `no credential in use was refused by a vendor: ${facts.logins} logins`,
      broken: facts.refused,
    },
    {
      name: `nothing is unsettled ${facts.settledAfterSeconds.toFixed(0)} s after the load`,
      broken: facts.unsettled === 0 ? [] : [`${facts.unsettled} rows and clusters have something left to do`],
    },
    {
      name: `every replica that was asked to stop ended in order: ${stops} stops`,
      broken: facts.exitCodes.filter((code) => code !== 0).map((code) => `a replica ended with ${String(code)}`),
    },
    { name: 'every disturbance struck under load, and every kind of call was answered', broken: idle(facts) },
    { name: 'nothing is left behind', broken: facts.leftBehind },
  ]
}
