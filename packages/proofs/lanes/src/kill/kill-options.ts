import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'

export interface KillOptions {
  readonly rounds: number
  readonly seed: number
}

const fullRounds = 105
const boundedRounds = 12
const seeds = 2 ** 31

const wholeNumber = (name: string, text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number`)
  return Number(text)
}

/** `--rounds N`, `--seed S`, `--bounded` for a short run. @throws Error with a sentence for anything else. */
export const parseKillOptions = (args: ReadonlyArray<string>): KillOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: { rounds: { type: 'string' }, seed: { type: 'string' }, bounded: { type: 'boolean', default: false } },
  })
  const usual = values.bounded ? boundedRounds : fullRounds
  const rounds = values.rounds === undefined ? usual : wholeNumber('rounds', values.rounds)
  return { rounds, seed: values.seed === undefined ? randomInt(seeds) : wholeNumber('seed', values.seed) }
}
