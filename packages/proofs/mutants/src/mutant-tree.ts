import { spawnSync } from 'node:child_process'
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot, sourceCondition } from '@pull-secret/workbench'
import { copyTree, removeTree } from './copied-tree.ts'
import type { Judge } from './judges.ts'
import { anyLayoutOf } from './laid-out-code.ts'
import type { ProtocolMutant } from './protocol-mutant.ts'

const folder = join(repositoryRoot, '.mutants')

/** Far above what the simulation takes: it ends what never ends under a fault. */
const simulationMilliseconds = 120_000

export const openTree = (): void => {
  copyTree(folder)
}

export const closeTree = (): void => {
  removeTree(folder)
}

const replaceFile = (file: string, text: string): void => {
  unlinkSync(file)
  writeFileSync(file, text)
}

/** npm tells its caller's folder; the copy's specs are meant, not the caller's. */
const isGreen = ({ specs }: Judge): boolean =>
  spawnSync(process.execPath, ['packages/proofs/workbench/bin/test.mjs', ...specs, '-b'], {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, CI: '', INIT_CWD: folder },
  }).status === 0

/** Whether a bounded share of the simulation, with no spec of anything beside it, finds all well. */
export const isSimulationSound = (): boolean =>
  spawnSync(process.execPath, [`--conditions=${sourceCondition}`, 'packages/proofs/mutants/src/simulation-alone.ts'], {
    cwd: folder,
    stdio: 'ignore',
    timeout: simulationMilliseconds,
  }).status === 0

export const firstRed = (judges: ReadonlyArray<Judge>): Judge | undefined => judges.find((judge) => !isGreen(judge))

/** Why a fault cannot be judged any more. */
export interface Stale {
  readonly stale: string
}

/** Applies one fault, looks, and takes the fault out again. */
export const underFault = <A>(mutant: ProtocolMutant, look: () => A): A | Stale => {
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
    return look()
  } finally {
    replaceFile(file, text)
  }
}
