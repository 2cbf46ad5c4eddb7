import { inMemoryRegistry } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { budgetTermsOf } from './budget-terms.ts'
import type { RegistrySetup } from './registry-setup.ts'

describe('the budget of a registry', () => {
  const terms = (type: string, budget?: RegistrySetup['budget']) =>
    budgetTermsOf({ id: 'one', adapter: { ...inMemoryRegistry('a.example'), type }, budget }, 'registries.0')

  it('has a burst of ten seconds where nothing else is said', () => {
    expect(terms('quay', { perMinute: 60 })).to.deep.equal(E.right({ perMinute: 60, burst: 10, share: 1 }))
    expect(terms('harbour', { perMinute: 3 })).to.deep.equal(E.right({ perMinute: 3, burst: 1, share: 1 }))
  })

  it('is what its entry says', () => {
    expect(terms('quay', { perMinute: 300, burst: 25, share: 0.5 })).to.deep.equal(
      E.right({ perMinute: 300, burst: 25, share: 0.5 }),
    )
  })

  it('is none where nobody has named one', () => {
    expect(terms('distribution')).to.deep.equal(E.right(undefined))
  })

  it('is refused where its rate is missing, and where it leaves less than one request', () => {
    expect(terms('distribution', { share: 0.5 })).to.deep.equal(
      E.left({
        field: 'registries.0.budget.per_minute',
        message: 'registry one: budget.per_minute is required: the type distribution has no budget of its own',
      }),
    )
    expect(terms('quay', { perMinute: 60, share: 0.05 })).to.deep.equal(
      E.left({
        field: 'registries.0.budget.share',
        message: 'registry one: budget.share must leave at least one request: burst × share is below 1',
      }),
    )
  })
})
