import { closeTree, judge, openTree, redWithoutFault, type Verdict } from './mutant-tree.ts'
import { canary, protocolMutants, type ProtocolMutant } from './protocol-mutants.ts'

interface Sink { readonly write: (text: string) => unknown }

const sampleSize = 6

/** Different ones from day to day, so that every mutant gets its turn in the bounded lane. */
const sample = (day: number): ReadonlyArray<ProtocolMutant> =>
  Array.from({ length: sampleSize }, (_, index) => protocolMutants[(day * sampleSize + index) % protocolMutants.length]).filter((mutant) => mutant !== undefined)

const told: Readonly<Record<Verdict['kind'], (verdict: Verdict) => string>> = {
  killed: (verdict) => (verdict.kind === 'killed' ? `killed by ${verdict.by.replace('packages/', '')}` : ''),
  survived: () => 'SURVIVED',
  stale: (verdict) => (verdict.kind === 'stale' ? `STALE: ${verdict.reason}` : ''),
}

/** `npm run mutants`: prints a row per deliberate fault; gives 1 if one survives or no longer applies. */
export const runMutants = (args: ReadonlyArray<string>, out: Sink): number => {
  const wanted = args.find((arg) => !arg.startsWith('--'))
  const all = args.includes('--bounded') ? sample(Math.floor(Date.now() / 86_400_000)) : protocolMutants
  const chosen = [canary, ...all.filter((mutant) => wanted === undefined || mutant.name.includes(wanted))]
  openTree()
  let failed = 0
  try {
    const red = redWithoutFault()
    if (red !== undefined) {
      out.write(`FAILED  ${red} is red without any fault, so nothing can be judged\n0 passed, 1 failed, 0 skipped\n`)
      return 1
    }
    for (const mutant of chosen) {
      const verdict = mutant === canary ? judge(canary, ['packages/simulation']) : judge(mutant)
      const isSeen = verdict.kind === 'killed'
      if (!isSeen) failed += 1
      out.write(`${isSeen ? 'ok    ' : 'FAILED'}  ${mutant.name}: ${told[verdict.kind](verdict)}\n`)
    }
  } finally {
    closeTree()
  }
  out.write(`${String(chosen.length - failed)} passed, ${String(failed)} failed, 0 skipped\n`)
  return failed === 0 ? 0 : 1
}
