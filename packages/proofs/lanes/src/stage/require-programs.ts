import { missingPrograms } from './installed-program.ts'

const inCI = ['1', 'true'].includes(process.env['CI'] ?? '')

/** Skips what cannot run without these programs and says how to get them; in CI their absence is a failure. */
export const requirePrograms = (context: Mocha.Context, ...names: ReadonlyArray<string>): void => {
  const reason = missingPrograms(names)
  if (reason === undefined) return
  if (inCI) throw new Error(reason)
  context.skip(reason)
}
