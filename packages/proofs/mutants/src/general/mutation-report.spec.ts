import { expect } from 'chai'
import type { EquivalentMutant } from './equivalent-mutants.ts'
import { type MutationReport, verdictOf } from './mutation-report.ts'

const source = ['const a = 1', 'const b = a < 2 &&', '  a > 0', ''].join('\n')

const mutant = (
  status: string,
  replacement: string,
  from: readonly [number, number],
  to: readonly [number, number],
) => ({
  status,
  replacement,
  location: { start: { line: from[0], column: from[1] }, end: { line: to[0], column: to[1] } },
})

const report = (...mutants: ReadonlyArray<ReturnType<typeof mutant>>): MutationReport => ({
  files: { 'a.ts': { source, mutants } },
})
const survived = mutant('Survived', 'true', [2, 11], [3, 8])
const known: EquivalentMutant = { file: 'a.ts', find: 'a < 2 && a > 0', replace: 'true', why: 'a is 1' }

describe('the verdict of a mutation run', () => {
  it('scores what was noticed against all that could have been', () => {
    const verdict = verdictOf(
      report(
        mutant('Killed', '2', [1, 11], [1, 12]),
        mutant('Timeout', '3', [1, 11], [1, 12]),
        mutant('Ignored', '4', [1, 11], [1, 12]),
        survived,
        mutant('NoCoverage', '5', [1, 11], [1, 12]),
      ),
      [],
    )
    expect(verdict).to.include({ noticed: 2, timedOut: 1, score: 50 })
    expect(verdict.survivors).to.have.length(2)
  })

  it('shows a survivor as one line before and after', () => {
    expect(verdictOf(report(survived), []).survivors).to.deep.equal([
      { file: 'a.ts', line: 2, find: 'const b = a < 2 && a > 0', replace: 'const b = true' },
    ])
  })

  it('leaves out what nobody can notice', () => {
    expect(verdictOf(report(survived), [known])).to.deep.equal({
      noticed: 0,
      timedOut: 0,
      survivors: [],
      setAside: 1,
      stale: [],
      score: 100,
    })
  })

  it('sets aside only the very replacement that was looked at, in the file it was looked at', () => {
    const others = [
      { ...known, replace: 'false' },
      { ...known, file: 'b.ts' },
    ]
    expect(verdictOf(report(survived), others)).to.deep.include({ setAside: 0, score: 0, stale: [others[0]] })
  })

  it('calls stale what a spec notices by now', () => {
    expect(verdictOf(report(mutant('Killed', 'true', [2, 11], [3, 8])), [known]).stale).to.deep.equal([known])
  })

  it('does not call stale what was too slow, as on a busy machine', () => {
    expect(verdictOf(report(mutant('Timeout', 'true', [2, 11], [3, 8])), [known]).stale).to.deep.equal([])
  })
})
