import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import {
  extraKnobs,
  type FaultKind,
  faultKinds,
  highestSeed,
  knobsOf,
  type Setting,
  settings,
  type Share,
  vendorKinds,
} from '@pull-secret/simulation'
import { distinct, wholeNumber } from './option-values.ts'

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
  /** Absent: all. */
  readonly changes: ReadonlyArray<Setting> | undefined
  readonly rate: number
  readonly workers: number
  readonly exhaustive: boolean
  readonly pairs: boolean
  /** Absent: all pairs. */
  readonly share: Share | undefined
  readonly trace: boolean
  readonly caseFile: string | undefined
}

/** Far more than any machine has cores, and than a history needs. */
const mostWorkers = 1000
const mostOperations = 100_000

export const usage = `Usage: npm run simulate -- [options]

Plays random histories of a fleet under faults and checks each against every invariant.
  --seed N          the first seed (1); the same seed always plays the same history
  --runs N          how many histories to play (1000)
  --operations N    requests, crashes and recoveries in each history (50)
  --vendor A,B      kinds of vendor, the first two required (default: every pair in turn):
                    ${Object.keys(vendorKinds).join(', ')};
                    add knobs with +, as in quay+quota+lagging: ${Object.keys(extraKnobs).join(', ')}
  --deployments N   1, or 2 that share the vendors (default: 2 in every fourth history)
  --faults A,B      kinds of fault to inject (default: all): ${faultKinds.join(', ')}
  --changes A,B     what may change in the configuration, one replica after the other (default: all):
                    ${settings.join(', ')}
  --rate P          probability that a port call goes wrong, 0 to 1 (0.05); for requests to vendors up to seven
                    times as high
  --workers N       threads (default: one per core)
  --exhaustive      play short scripts instead, with every fault at every port call, for each kind of
                    vendor or those of --vendor
  --pairs           with --exhaustive: also inject every second fault after the first
  --share N/M       with --pairs: only those of the first faults that are the Nth of M equal shares
  --trace           print more timelines: of a history before it is reduced, or of further findings of --exhaustive
  --case FILE       replay one saved case instead, and print its timeline
  -h, --help        print this text
A failing history is reduced to the fewest operations and faults that still fail.
Its timeline is printed, and the case to save for --case.
`

const probability = (text: string): number => {
  const value = text.trim() === '' ? NaN : Number(text)
  if (!(value >= 0 && value <= 1)) throw new Error('--rate must be a number from 0 to 1')
  return value
}

const vendorsIn = (text: string): ReadonlyArray<string> => {
  const vendors = distinct('vendor', text)
  vendors.forEach(knobsOf)
  return vendors
}

const isFaultKind = (text: string): text is FaultKind => faultKinds.some((kind) => kind === text)

const faultsIn = (text: string): ReadonlyArray<FaultKind> =>
  distinct('faults', text).map((name) => {
    if (!isFaultKind(name)) throw new Error(`--faults must name some of ${faultKinds.join(', ')}`)
    return name
  })

const isSetting = (text: string): text is Setting => settings.some((setting) => setting === text)

const changesIn = (text: string): ReadonlyArray<Setting> =>
  distinct('changes', text).map((name) => {
    if (!isSetting(name)) throw new Error(`--changes must name some of ${settings.join(', ')}`)
    return name
  })

const shareIn = (text: string): Share => {
  const [, part = '', of = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []
  const share = { part: Number(part), of: Number(of) }
  if (!(share.part >= 1 && share.part <= share.of)) throw new Error('--share must be like 2/7, the second of seven')
  return share
}

const parsed = (args: ReadonlyArray<string>) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string' },
        runs: { type: 'string' },
        operations: { type: 'string' },
        vendor: { type: 'string' },
        deployments: { type: 'string' },
        faults: { type: 'string' },
        changes: { type: 'string' },
        rate: { type: 'string' },
        workers: { type: 'string' },
        exhaustive: { type: 'boolean' },
        pairs: { type: 'boolean' },
        share: { type: 'string' },
        trace: { type: 'boolean' },
        case: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new Error((error as Error).message.split(/\. |\n/)[0], { cause: error })
  }
}

type Given = Readonly<Record<string, unknown>>

const refuseBeside = (given: Given, option: string, meaningless: ReadonlyArray<string>): void => {
  const other = meaningless.find((name) => given[name] !== undefined)
  if (given[option] !== undefined && other !== undefined)
    throw new Error(`--${other} cannot be combined with --${option}`)
}

const refuseContradictions = (given: Given): void => {
  refuseBeside(
    given,
    'case',
    Object.keys(given).filter((name) => name !== 'case' && name !== 'trace'),
  )
  refuseBeside(given, 'exhaustive', ['changes', 'rate', 'runs', 'operations', 'deployments'])
  if (given['pairs'] !== undefined && given['exhaustive'] === undefined)
    throw new Error('--pairs requires --exhaustive')
  if (given['share'] !== undefined && given['pairs'] === undefined) throw new Error('--share requires --pairs')
}

/** Reads the command line; what is wrong with it is thrown as one sentence. */
export const readOptions = (args: ReadonlyArray<string>): SimulateOptions => {
  const given = parsed(args)
  refuseContradictions(given)
  const seed = wholeNumber('seed', given.seed ?? '1', 0, highestSeed)
  return {
    seed,
    runs: wholeNumber('runs', given.runs ?? String(Math.min(1000, highestSeed - seed + 1)), 1, highestSeed - seed + 1),
    operations: wholeNumber('operations', given.operations ?? '50', 1, mostOperations),
    vendors: given.vendor === undefined ? undefined : vendorsIn(given.vendor),
    deployments: given.deployments === undefined ? undefined : wholeNumber('deployments', given.deployments, 1, 2),
    faults: given.faults === undefined ? undefined : faultsIn(given.faults),
    changes: given.changes === undefined ? undefined : changesIn(given.changes),
    rate: probability(given.rate ?? '0.05'),
    workers: wholeNumber('workers', given.workers ?? String(availableParallelism()), 1, mostWorkers),
    exhaustive: given.exhaustive === true,
    pairs: given.pairs === true,
    share: given.share === undefined ? undefined : shareIn(given.share),
    trace: given.trace === true,
    caseFile: given.case,
  }
}
