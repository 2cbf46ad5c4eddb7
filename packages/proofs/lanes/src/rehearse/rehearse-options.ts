import { parseArgs } from 'node:util'

export type Mode = 'per-instance' | 'global'

export interface RehearseOptions {
  readonly mode: Mode
  readonly isQuick: boolean
}

const usage = 'npm run rehearse -- per-instance|global [--quick]'

const isMode = (text: string | undefined): text is Mode => text === 'per-instance' || text === 'global'

/** @throws Error with a sentence for anything but one mode and `--quick`. */
export const parseRehearseOptions = (args: ReadonlyArray<string>): RehearseOptions => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [mode, ...others] = positionals
  if (!isMode(mode) || others.length > 0) throw new Error(`say which deployment to rehearse: ${usage}`)
  return { mode, isQuick: values.quick }
}
