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
  const { timeline, violations } = await runCase(kept.right, true)
  out.write(`${timeline.join('\n')}\n${violations.map(({ invariant, message }) => `${invariant} ${message}\n`).join('')}`)
  out.write(violations.length === 0 ? '1 passed, 0 failed, 0 skipped\n' : '0 passed, 1 failed, 0 skipped\n')
  return violations.length === 0 ? 0 : 1
}
