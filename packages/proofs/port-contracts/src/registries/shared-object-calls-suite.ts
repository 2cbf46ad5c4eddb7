import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { isCreated, isGone, type RegistryCalls } from './registry-calls.ts'

/** What holds of what a client writes into an object that the credentials of a registry share. */
export const sharedObjectCallsSuite = (calls: RegistryCalls): void => {
  const { capabilities, aRow, create, created, underOneLease, mention, accepted, objects } = calls

  const unopenable = { openToken: () => E.left({ code: 'KEY_UNAVAILABLE' as const, keyId: 'lost' }) }

  it('creates and deletes for everybody who was given one lease together', async () => {
    const [kept, gone, ...rows] = [aRow(), aRow(), aRow(), aRow(), aRow()]
    const credential = await created(kept)
    await created(gone)
    const outcomes = await underOneLease(rows, [gone])
    const credentials = outcomes.created.filter(isCreated)
    expect(credentials).to.have.length(rows.length)
    for (const each of [credential, ...credentials]) expect(await accepted(each)).to.equal(true)
    if (!capabilities().revocable) return
    expect(outcomes.deleted.filter((outcome) => !isGone(outcome) && outcome.kind !== 'absent_unproved')).to.have.length(
      0,
    )
    if (!capabilities().sharedObject) return
    expect(await objects()).to.have.members([kept, ...rows].map(({ vendorName }) => vendorName))
  })

  it('puts back into a shared object what it lost, and nothing that was never created', async () => {
    const [lost, untried, row] = [aRow(), aRow(), aRow()]
    mention(lost, { wasCreated: true })
    mention(untried, { wasCreated: false })
    expect(await accepted(await created(row))).to.equal(true)
    expect(await objects()).to.have.members(
      (capabilities().sharedObject ? [lost, row] : [row]).map(({ vendorName }) => vendorName),
    )
  })

  it('keeps what is in a shared object, and creates beside it, when tokens cannot be opened', async () => {
    const [kept, lost, row] = [aRow(), aRow(), aRow()]
    const credential = await created(kept)
    mention(kept, { wasCreated: true, ...unopenable })
    mention(lost, { wasCreated: true, ...unopenable })
    const outcome = await create(row)
    expect([isCreated(outcome) && (await accepted(outcome)), await accepted(credential)]).to.deep.equal([true, true])
    expect(await objects()).to.have.members([kept, row].map(({ vendorName }) => vendorName))
  })
}
