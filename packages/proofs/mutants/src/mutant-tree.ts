import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot, sourceCondition } from '@pull-secret/workbench'
import { copyTree, removeTree } from './copied-tree.ts'
import type { Judge } from './judges.ts'
import { anyLayoutOf } from './laid-out-code.ts'
import type { ProtocolMutant } from './protocol-mutant.ts'

/** Why a fault cannot be judged any more. */
export interface Stale {
  readonly stale: string
}

/** A copy of the sources that takes one fault at a time. */
export interface MutantTree {
  /** The first judge whose specs fail on the copy as it stands. */
  readonly firstRed: (judges: ReadonlyArray<Judge>) => Promise<Judge | undefined>
  /** Whether a bounded share of the simulation, with no spec of anything beside it, finds all well. */
  readonly isSimulationSound: () => Promise<boolean>
  /** Applies one fault, looks, and takes the fault out again. */
  readonly underFault: <A>(mutant: ProtocolMutant, look: () => Promise<A>) => Promise<A | Stale>
  readonly close: () => void
}

/** Far above what the simulation takes: it ends what never ends under a fault. */
const simulationMilliseconds = 240_000

const replaceFile = (file: string, text: string): void => {
  unlinkSync(file)
  writeFileSync(file, text)
}

/** Trees of different names can be judged side by side. */
export const openTree = (name: string): MutantTree => {
  const folder = join(repositoryRoot, '.mutants', name)
  copyTree(folder)

  const succeeds = async (args: ReadonlyArray<string>, options: object = {}): Promise<boolean> => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore', ...options })
    await once(child, 'exit')
    return child.exitCode === 0
  }

  // npm tells its caller's folder; the copy's specs are meant, not the caller's.
  const isGreen = ({ specs }: Judge): Promise<boolean> =>
    succeeds(['packages/proofs/workbench/bin/test.mjs', ...specs, '-b'], {
      env: { ...process.env, CI: '', INIT_CWD: folder },
    })

  return {
    firstRed: async (judges) => {
      for (const judge of judges) if (!(await isGreen(judge))) return judge
      return undefined
    },
    isSimulationSound: () =>
      succeeds([`--conditions=${sourceCondition}`, 'packages/proofs/mutants/src/simulation-alone.ts'], {
        timeout: simulationMilliseconds,
      }),
    underFault: async (mutant, look) => {
      const file = join(folder, mutant.file)
      const text = readFileSync(file, 'utf8')
      const place = anyLayoutOf(mutant.find)
      const times = text.match(place)?.length ?? 0
      if (times !== 1) return { stale: `its text stands ${String(times)} times in ${mutant.file}` }
      replaceFile(
        file,
        text.replace(place, () => mutant.replace),
      )
      try {
        return await look()
      } finally {
        replaceFile(file, text)
      }
    },
    close: () => {
      removeTree(folder)
    },
  }
}
