import { expect } from 'chai'
import { isCreated, isGone, type RegistryCalls } from './registry-calls.ts'
import type { RegistrySubject } from './registry-subject.ts'

/**
 * Creates that a vendor accepts at once and carries out later. A call that ends within its deadline is a create like
 * any other.
 */
export const longOperationsSuite = (
  { aRow, create, created, remove, accepted, objects, whereNothingIsSent }: RegistryCalls,
  subject: () => RegistrySubject,
): void => {
  it('calls nothing created that is not there yet, and can withdraw it once it is', async () => {
    const { longOperations } = subject()
    const row = aRow()
    if (longOperations === undefined) {
      const outcome = await created(row)
      expect([await objects(), await accepted(outcome)]).to.deep.equal([[row.vendorName], true])
      return
    }
    await longOperations.outlastNextDeadline()
    expect((await create(row)).kind).to.equal('unknown')
    const again = await create(row)
    expect(!isCreated(again) || (await accepted(again)), 'a credential that works').to.equal(true)
    await longOperations.takeEffect()
    expect(await objects()).to.include(row.vendorName)
    const withdrawn = await remove(row)
    expect(isGone(withdrawn) || whereNothingIsSent().includes(withdrawn.kind), withdrawn.kind).to.equal(true)
    if (withdrawn.kind !== 'not_revocable') expect(await objects()).to.deep.equal([])
  })
}
