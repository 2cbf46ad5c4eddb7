import { expect } from 'chai'
import { describeCase } from './describe-case.ts'
import { describeFurther } from './simulate-randomly.ts'

describe('what is told of failing histories', () => {
  it('names twenty further seeds at most, and counts the rest', () => {
    const seeds = Array.from({ length: 23 }, (_, index) => index + 1)
    expect(describeFurther(seeds)).to.equal(
      'further seeds that fail: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 and 3 more',
    )
    expect(describeFurther([4, 5])).to.equal('further seeds that fail: 4 5')
  })

  it('shows what happened, which promise broke, and a case that can be kept', () => {
    const kept = {
      seed: 7,
      vendors: ['quay', 'one-shot'],
      script: 'delete, then recover',
      faults: { '0/vendor.create/1': 'paused' },
    } as const
    expect(
      describeCase(kept, { timeline: ['first', 'second'], violations: [{ invariant: 'I1', message: 'an orphan' }] }),
    ).to.equal(
      [
        'first',
        'second',
        'seed 7 with quay,one-shot fails in "delete, then recover" with 1 fault:',
        '  I1 an orphan',
        `  to replay it with --case, save this in a file: ${JSON.stringify(kept)}`,
      ].join('\n'),
    )
  })
})
