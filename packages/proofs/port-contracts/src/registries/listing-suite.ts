import type { ListOutcome } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import { isGone, type RegistryCalls } from './registry-calls.ts'
import type { RegistrySubject } from './registry-subject.ts'

const namesIn = (listed: ListOutcome): ReadonlyArray<string> =>
  listed.kind === 'listed' ? listed.credentials.map(({ vendorName }) => vendorName) : []

/** What a listing proves: everything where it is whole, nothing where it is not. */
export const listingSuite = (
  { aRow, created, remove, accepted, whereNothingIsSent }: RegistryCalls,
  subject: () => RegistrySubject,
): void => {
  const list = (): Promise<ListOutcome> | undefined => subject().client.listCredentials?.(until(subject().deadline()))()

  it('lists its objects, where the vendor can list', async () => {
    const row = aRow()
    await created(row)
    const listed = await list()
    if (listed === undefined) {
      const withdrawn = await remove(row).then(() => remove(row))
      expect(withdrawn.kind === 'absent' && withdrawn.evidence === 'listing').to.equal(false)
      return
    }
    expect(namesIn(listed)).to.include(row.vendorName)
  })

  it('never gives a part of a listing for the whole', async () => {
    const { truncateNextListing } = subject()
    const rows = [aRow(), aRow(), aRow()]
    for (const row of rows) await created(row)
    await truncateNextListing?.()
    const listed = await list()
    if (listed === undefined) expect(truncateNextListing, 'a listing of a vendor that cannot list').to.equal(undefined)
    else if (truncateNextListing !== undefined && listed.kind !== 'listed') expect(listed.kind).to.equal('unknown')
    else expect(namesIn(listed)).to.include.members(rows.map(({ vendorName }) => vendorName))
  })

  it('proves an absence among others, and never by a part of a listing', async () => {
    const { truncateNextListing } = subject()
    const [gone, row] = [aRow(), aRow()]
    await created(aRow())
    await created(gone)
    const credential = await created(row)
    await remove(gone)
    if (truncateNextListing === undefined) {
      const again = await remove(gone)
      expect(isGone(again) || whereNothingIsSent().includes(again.kind), again.kind).to.equal(true)
      return
    }
    await truncateNextListing()
    expect((await remove(gone)).kind).to.be.oneOf(['absent_unproved', 'unknown'])
    await truncateNextListing()
    const outcome = await remove(row)
    expect(outcome.kind).to.be.oneOf(['deleted', 'absent_unproved', 'unknown'])
    expect(await accepted(credential)).to.equal(outcome.kind !== 'deleted')
  })
}
