import { extraKnobs, faultKinds, knobsOf, vendorKinds, type FaultKind } from '@pull-secret/simulation'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

export interface SimulateOptions {
  readonly seed: number
  readonly runs: number
  readonly operations: number
  /** Absent: every pair of kinds in turn. */
  readonly vendors: ReadonlyArray<string> | undefined
  /** Absent: two in every fourth history, otherwise one. */
  readonly deployments: number | undefined
  /** Absent: all kinds. */
  readonly faults: ReadonlyArray<FaultKind> | undefined
  readonly rate: number
  readonly workers: number
  readonly exhaustive: boolean
  readonly pairs: boolean
  readonly trace: boolean
  readonly caseFile: string | undefined
}

export const usage = `Usage: npm run simulate -- [options]

Random histories of a fleet under faults, each checked against every invariant.
  --seed N          the first seed (1); the same seed always does exactly the same
  --runs N          how many histories (1000)
  --operations N    requests, crashes and recoveries in each (50)
  --vendor A,B      kinds of vendor, the first two required (every pair in turn): ${Object.keys(vendorKinds).join(', ')};
                    each may get further knobs, as in quay+quota+lagging: ${Object.keys(extraKnobs).join(', ')}
  --deployments N   1, or 2 that share the vendors (2 in every fourth history)
  --faults A,B      kinds of fault (all): ${faultKinds.join(', ')}
  --rate P          how likely a port call goes wrong, from 0 to 1 (0.05); requests to vendors up to seven times as likely
  --workers N       threads (one per core)
  --trace           prints the timeline of every run that fails
  --exhaustive      instead: short scripts with every fault at every port call
  --pairs           with --exhaustive: also every second fault after the first
  --case FILE       instead: one history that was kept, with its timeline
A history that fails is reduced to the fewest operations and faults that still fail, and printed so that it can be kept.
`

const wholeNumber = (name: string, text: string, lowest = 0): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < lowest) throw new Error(`--${name} must be a whole number of at least ${String(lowest)}`)
  return value
}

const probability = (text: string): number => {
  const value = Number(text)
  if (!(value >= 0 && value <= 1)) throw new Error('--rate must be a number from 0 to 1')
  return value
}

const vendorsIn = (text: string | undefined): ReadonlyArray<string> | undefined => {
  const vendors = text?.split(',')
  vendors?.forEach(knobsOf)
  return vendors
}

const isFaultKind = (text: string): text is FaultKind => faultKinds.some((kind) => kind === text)

const faultsIn = (text: string | undefined): ReadonlyArray<FaultKind> | undefined => text?.split(',').map((name) => {
  if (!isFaultKind(name)) throw new Error(`--faults knows ${faultKinds.join(', ')}`)
  return name
})

const deploymentsIn = (text: string | undefined): number | undefined => {
  if (text !== undefined && text !== '1' && text !== '2') throw new Error('--deployments must be 1 or 2')
  return text === undefined ? undefined : Number(text)
}

/** Reads the command line; what is wrong with it is thrown as one sentence. */
export const readOptions = (args: ReadonlyArray<string>): SimulateOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' }, runs: { type: 'string', default: '1000' }, operations: { type: 'string', default: '50' }, vendor: { type: 'string' },
      deployments: { type: 'string' }, faults: { type: 'string' }, rate: { type: 'string', default: '0.05' }, workers: { type: 'string', default: String(availableParallelism()) },
      exhaustive: { type: 'boolean', default: false }, pairs: { type: 'boolean', default: false }, trace: { type: 'boolean', default: false }, case: { type: 'string' },
    },
  })
  return {
    seed: wholeNumber('seed', values.seed), runs: wholeNumber('runs', values.runs), operations: wholeNumber('operations', values.operations),
    vendors: vendorsIn(values.vendor), deployments: deploymentsIn(values.deployments), faults: faultsIn(values.faults), rate: probability(values.rate),
    workers: wholeNumber('workers', values.workers, 1), exhaustive: values.exhaustive, pairs: values.pairs, trace: values.trace, caseFile: values.case,
  }
}
