import { expect } from 'chai'
import { promisesOf, tearDown } from './promises-of.ts'

/** One way to break a double on purpose, and the promise by which the suite must notice. */
export interface Breakage<Subject> {
  readonly name: string
  readonly mustFail: string
  /** The double that is broken, where it is not the usual one; the suite is green over it, too. */
  readonly over?: () => Subject
  readonly break: (honest: Subject) => Subject
}

export interface BrokenDoubles<Subject> {
  readonly port: string
  /** The suite over doubles that `open` makes. */
  readonly suite: (open: () => Subject) => void
  readonly open: () => Subject
  readonly breakages: ReadonlyArray<Breakage<Subject>>
}

/**
 * Tests a suite: green over every honest double, red over every broken one, each by the promise that the breakage
 * breaks.
 */
export const turnsRed = <Subject>({ port, suite, open, breakages }: BrokenDoubles<Subject>): void => {
  describe(`the suite of ${port}`, () => {
    const promises = new Set<string>()

    it('is green over honest doubles', async () => {
      for (const double of new Set([open, ...breakages.map(({ over }) => over ?? open)])) {
        const { kept, broken } = await promisesOf(() => suite(double))
        expect(broken).to.deep.equal([])
        kept.forEach((promise) => promises.add(promise))
      }
    })

    it('has a breakage for each of its promises, three at least', () => {
      const tested = breakages.map(({ mustFail }) => mustFail)
      expect([...promises].filter((promise) => !tested.includes(promise))).to.deep.equal([])
      expect(tested.filter((promise) => !promises.has(promise) && promise !== tearDown)).to.deep.equal([])
      expect(breakages.length).to.be.at.least(3)
    })

    breakages.forEach((breakage) => {
      it(`turns red over a double that ${breakage.name}`, async () => {
        const { broken } = await promisesOf(() => suite(() => breakage.break((breakage.over ?? open)())))
        expect(broken).to.include(breakage.mustFail)
      })
    })
  })
}
