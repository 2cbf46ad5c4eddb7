import { availableParallelism } from 'node:os'
import { closingLine } from '@pull-secret/workbench'
import { isOfCore, isPlayed, type Judge, judgesOf, simulation } from './judges.ts'
import { type MutantTree, openTree, type Stale } from './mutant-tree.ts'
import type { ProtocolMutant } from './protocol-mutant.ts'
import { canary, protocolMutants } from './protocol-mutants.ts'

interface Sink {
  readonly write: (text: string) => unknown
}

interface Verdict {
  readonly killer: Judge | undefined
  /** Whether the simulation notices the fault by itself; absent where it was not asked. */
  readonly isSeenAlone?: boolean
}

const sampleSize = 10

/** Different ones from day to day, so that every mutant gets its turn in the bounded lane. */
const sample = (day: number): ReadonlyArray<ProtocolMutant> =>
  Array.from(
    { length: sampleSize },
    (_, index) => protocolMutants[(day * sampleSize + index) % protocolMutants.length],
  ).filter((mutant) => mutant !== undefined)

const judgesFor = (mutant: ProtocolMutant): ReadonlyArray<Judge> =>
  mutant === canary ? [simulation] : judgesOf(mutant)

const judge = (
  tree: MutantTree,
  mutant: ProtocolMutant,
  { asksSimulation }: { readonly asksSimulation: boolean },
): Promise<Verdict | Stale> =>
  tree.underFault(mutant, async () => ({
    killer: await tree.firstRed(judgesFor(mutant)),
    ...(asksSimulation && isPlayed(mutant) ? { isSeenAlone: !(await tree.isSimulationSound()) } : {}),
  }))

const told = (verdict: Verdict | Stale): string => {
  if ('stale' in verdict) return `STALE: ${verdict.stale}`
  const alone = verdict.isSeenAlone === undefined ? '' : `; simulation: ${verdict.isSeenAlone ? 'killed' : 'blind'}`
  return `${verdict.killer === undefined ? 'SURVIVED' : `killed by ${verdict.killer.name}`}${alone}`
}

const isKilled = (verdict: Verdict | Stale): boolean => !('stale' in verdict) && verdict.killer !== undefined

/** Every judge that has a say, once. */
const judgesOfAll = (mutants: ReadonlyArray<ProtocolMutant>): ReadonlyArray<Judge> => [
  ...new Map(mutants.flatMap(judgesFor).map((one) => [one.name, one])).values(),
]

const isNoticedAlone = (mutant: ProtocolMutant, verdict: Verdict | Stale): boolean | undefined =>
  mutant !== canary && isOfCore(mutant) && 'isSeenAlone' in verdict ? verdict.isSeenAlone : undefined

/** Each tree takes the next mutant as soon as it is done with one. */
const judgeAll = async (
  trees: ReadonlyArray<MutantTree>,
  mutants: ReadonlyArray<ProtocolMutant>,
  { asksSimulation }: { readonly asksSimulation: boolean },
  out: Sink,
) => {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const core = { judged: 0, seenAlone: 0 }
  const remaining = mutants.values()
  const judgeOn = async (tree: MutantTree): Promise<void> => {
    for (const mutant of remaining) {
      const verdict = await judge(tree, mutant, { asksSimulation })
      counts[isKilled(verdict) ? 'passed' : 'failed'] += 1
      const isSeenAlone = isNoticedAlone(mutant, verdict)
      if (isSeenAlone !== undefined) core.judged += 1
      if (isSeenAlone === true) core.seenAlone += 1
      out.write(`${isKilled(verdict) ? 'ok    ' : 'FAILED'}  ${mutant.name}: ${told(verdict)}\n`)
    }
  }
  await Promise.all(trees.map(judgeOn))
  return { counts, core }
}

/**
 * `npm run mutants`: prints a row per deliberate fault; gives 1 if one survives or no longer applies. `--alone` also
 * asks whether a share of the simulation notices it by itself, which takes hours.
 */
export const runMutants = async (args: ReadonlyArray<string>, out: Sink): Promise<number> => {
  const wanted = args.filter((arg) => !arg.startsWith('--'))
  const isBounded = args.includes('--bounded')
  const asksSimulation = args.includes('--alone')
  const all = isBounded ? sample(Math.floor(Date.now() / 86_400_000)) : protocolMutants
  const chosen = [
    canary,
    ...all.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part))),
  ]
  const trees = Array.from({ length: availableParallelism() }, (_, index) => openTree(String(index + 1)))
  try {
    const [tree] = trees
    const red = await tree?.firstRed(judgesOfAll(chosen))
    if (red !== undefined || (asksSimulation && (await tree?.isSimulationSound()) !== true)) {
      out.write(`FAILED  ${red?.name ?? simulation.name} is red without any fault, so nothing can be judged\n`)
      out.write(`${closingLine({ passed: 0, failed: 1, skipped: 0 })}\n`)
      return 1
    }
    const { counts, core } = await judgeAll(trees, chosen, { asksSimulation }, out)
    if (core.judged > 0) {
      const noticed = `${String(core.seenAlone)} of the ${String(core.judged)} faults in domain and application`
      out.write(`score: a share of the simulation alone notices ${noticed}\n`)
    }
    out.write(`${closingLine(counts)}\n`)
    return counts.failed === 0 ? 0 : 1
  } finally {
    trees.forEach(({ close }) => {
      close()
    })
  }
}
