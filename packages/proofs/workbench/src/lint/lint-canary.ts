import type { ESLint } from 'eslint'

const place = 'packages/core/domain/src/index.ts'

/** What the pure core must never contain, and the rule that has to notice. */
// prettier-ignore
const canaries: ReadonlyArray<readonly [code: string, rule: string]> = [
  ['export const stop = (): never => { throw new Error() }', 'no-restricted-syntax'],
  ['export const wait = async (): Promise<void> => {}', 'no-restricted-syntax'],
  ['export class Thing {}', 'no-restricted-syntax'],
  ['export const now = (): Date => new Date()', 'no-restricted-syntax'],
  ['export const now = (): number => Date.now()', 'no-restricted-properties'],
  ['export const environment = (): unknown => process.env', 'no-restricted-globals'],
  ['const task = (): Promise<number> => Promise.resolve(1)\nexport const run = (): void => { task() }', 'functional/no-expression-statements'],
  ['const task = (): Promise<number> => Promise.resolve(1)\nexport const run = (): void => { task() }', '@typescript-eslint/no-floating-promises'],
  ["export { PathReporter } from 'io-ts/PathReporter'", '@typescript-eslint/no-restricted-imports'],
]

/** Shows the linter one violation of each kind in the domain; returns those it missed. */
export const listenToLintCanaries = async (eslint: ESLint): Promise<ReadonlyArray<string>> => {
  const heard = await Promise.all(
    canaries.map(async ([code, rule]) => {
      const results = await eslint.lintText(code, { filePath: place })
      return results.some(({ messages }) => messages.some(({ ruleId }) => ruleId === rule))
    }),
  )
  return canaries
    .filter((_, index) => !heard[index])
    .map(([code, rule]) => `canary was not reported by ${rule}: ${code}`)
}
