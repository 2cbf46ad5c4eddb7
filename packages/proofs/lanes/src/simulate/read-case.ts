import { readFileSync } from 'node:fs'
import { decodeCase, type KeptCase } from '@pull-secret/simulation'

const parsed = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Error('--case must name a readable file that holds JSON')
  }
}

/** The case that a file holds; what is wrong with it is thrown as one sentence. */
export const readCase = (file: string): KeptCase => {
  const kept = decodeCase(parsed(file))
  if (kept._tag === 'Left') throw new Error(`--case: ${kept.left.map(({ message }) => message).join('; ')}`)
  return kept.right
}
