import { decodeCase, runCase } from '@pull-secret/simulation'
import { readFileSync } from 'node:fs'
import type { Sink } from './sink.ts'

const parsed = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Error('--case must name a readable file that holds JSON')
  }
}

/** One kept history again, with its timeline; gives the exit code. */
export const replayCase = async (file: string, out: Sink): Promise<number> => {
  const kept = decodeCase(parsed(file))
  if (kept._tag === 'Left') throw new Error(`--case: ${kept.left.map(({ message }) => message).join('; ')}`)
  const { timeline, violations, struck } = await runCase(kept.right, true)
  const missed = Object.keys(kept.right.faults).filter((point) => !Object.hasOwn(struck, point))
  out.write(`${timeline.join('\n')}\n${violations.map(({ invariant, message }) => `${invariant} ${message}\n`).join('')}`)
  if (missed.length > 0) out.write(`these faults never struck, so the history is not what it was when it was kept: ${missed.join(', ')}\n`)
  const isSound = violations.length === 0 && missed.length === 0
  out.write(isSound ? '1 passed, 0 failed, 0 skipped\n' : '0 passed, 1 failed, 0 skipped\n')
  return isSound ? 0 : 1
}
