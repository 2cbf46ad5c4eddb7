import { expect } from 'chai'
import { barOf, makeProgress } from './progress.ts'

const twoMinutes = 120_000

describe('the progress of the simulation', () => {
  it('is a bar that fills, with a guess of the time left', () => {
    expect(barOf(4000)(1000, twoMinutes / 3, '')).to.equal('[#####               ] 1000 of 4000, about 2 min left')
    expect(barOf(4000)(4000, twoMinutes, '')).to.equal('[####################] 4000 of 4000, about 0 s left')
  })

  const written = (isTTY: boolean): ReadonlyArray<string> => {
    const lines: Array<string> = []
    let now = 0
    const progress = makeProgress({
      errors: { isTTY, write: (text) => lines.push(text) },
      now: () => now,
      describe: (done, _milliseconds, what) => `${String(done)} ${what}`,
    })
    for (const [at, what] of [
      [0, 'quay'],
      [100, 'quay'],
      [250, 'rhit'],
    ] as const) {
      now = at
      progress.step(what)
    }
    progress.end()
    return lines
  }

  it('is drawn for a person a few times a second, and wiped out in the end', () => {
    expect(written(true).map((line) => line.replace('\r\u001b[K', ''))).to.deep.equal(['1 quay', '3 rhit', ''])
  })

  it('is silent for a program', () => {
    expect(written(false)).to.deep.equal([])
  })
})
