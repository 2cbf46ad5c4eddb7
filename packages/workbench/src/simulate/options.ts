import { parseArgs } from 'node:util'
import { vendorKinds } from '@pull-secret/simulation'

export interface SimulateOptions {
  readonly seed: number
  readonly runs: number
  readonly operations: number
  /** Absent: every pair of kinds in turn. */
  readonly vendors: ReadonlyArray<string> | undefined
  readonly faults: number
  readonly exhaustive: boolean
  readonly pairs: boolean
  readonly trace: boolean
}

export const usage = `Usage: npm run simulate -- [options]

Random histories of a fleet under faults, each checked against every invariant.
  --seed N         the first seed (1); the same seed always does exactly the same
  --runs N         how many histories (1000)
  --operations N   requests, crashes and recoveries in each (50)
  --vendor A,B     kinds of vendor, the first two required (every pair in turn): ${Object.keys(vendorKinds).join(', ')}
  --faults P       how likely a port call goes wrong, from 0 to 1 (0.05); calls of vendors eight times as likely
  --trace          prints the timeline of every run that fails
  --exhaustive     instead: short scripts with every fault at every port call
  --pairs          with --exhaustive: also every second fault after the first
`

const wholeNumber = (name: string, text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} must be a whole number`)
  return value
}

const probability = (text: string): number => {
  const value = Number(text)
  if (!(value >= 0 && value <= 1)) throw new Error('--faults must be a number from 0 to 1')
  return value
}

const kindsIn = (text: string | undefined): ReadonlyArray<string> | undefined => {
  const kinds = text?.split(',')
  const unknown = kinds?.find((kind) => !Object.hasOwn(vendorKinds, kind))
  if (unknown !== undefined) throw new Error(`--vendor knows ${Object.keys(vendorKinds).join(', ')}`)
  return kinds
}

/** Reads the command line; what is wrong with it is thrown as one sentence. */
export const readOptions = (args: ReadonlyArray<string>): SimulateOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' }, runs: { type: 'string', default: '1000' }, operations: { type: 'string', default: '50' }, vendor: { type: 'string' },
      faults: { type: 'string', default: '0.05' }, exhaustive: { type: 'boolean', default: false }, pairs: { type: 'boolean', default: false }, trace: { type: 'boolean', default: false },
    },
  })
  return {
    seed: wholeNumber('seed', values.seed), runs: wholeNumber('runs', values.runs), operations: wholeNumber('operations', values.operations),
    vendors: kindsIn(values.vendor), faults: probability(values.faults), exhaustive: values.exhaustive, pairs: values.pairs, trace: values.trace,
  }
}
