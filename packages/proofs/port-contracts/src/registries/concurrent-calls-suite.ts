import type { CreateOutcome, DeleteOutcome } from '@pull-secret/domain'
import { expect } from 'chai'
import { type Created, isCreated, isGone, type RegistryCalls, type Row } from './registry-calls.ts'
import type { RegistrySubject } from './registry-subject.ts'

/**
 * What holds of calls of one client that are under way at the same time. Writers of a shared object may be passed by
 * one with a later
 * fence, and then say that they wrote nothing; the last one writes, and the object is what it said.
 */
export const concurrentCallsSuite = (calls: RegistryCalls, subject: () => RegistrySubject): void => {
  const { capabilities, aRow, create, created, remove, read, accepted, objects } = calls

  const wasPassed = ({ kind }: CreateOutcome | DeleteOutcome): boolean =>
    capabilities().sharedObject && ['not_sent', 'refused'].includes(kind)
  const namesOf = (rows: ReadonlyArray<Row>): ReadonlyArray<string> => rows.map(({ vendorName }) => vendorName)
  const works = async (outcomes: ReadonlyArray<Created>): Promise<ReadonlyArray<boolean>> => {
    const answers: Array<boolean> = []
    for (const outcome of outcomes) answers.push(await accepted(outcome))
    return answers
  }

  /** The outcomes of calls that were made in this order, none waiting for another. */
  const all = async <A extends CreateOutcome | DeleteOutcome>(
    outcomes: ReadonlyArray<Promise<A>>,
  ): Promise<ReadonlyArray<A>> => {
    const ended = await Promise.all(outcomes)
    const last = ended.at(-1)
    expect(last === undefined || !wasPassed(last), 'the writer with the last fence writes').to.equal(true)
    return ended.filter((outcome) => !wasPassed(outcome))
  }

  it('gives each of several rows that are created at the same time a working credential of its own', async () => {
    const rows = [aRow(), aRow(), aRow()]
    const asked = rows.map((row) => create(row))
    const outcomes = await all(asked)
    expect(outcomes.map(({ kind }) => kind)).to.deep.equal(outcomes.map(() => 'created'))
    const credentials = outcomes.filter(isCreated)
    expect(await works(credentials)).to.deep.equal(credentials.map(() => true))
    expect(new Set(credentials.map(({ token }) => token.reveal())).size).to.equal(credentials.length)
    const ended = await Promise.all(asked)
    const written = rows.filter((_, index) => ended[index]?.kind === 'created')
    expect(await objects()).to.have.members(namesOf(written))
  })

  it('gives no credential that does not work to whoever asks for one row twice at the same time', async () => {
    const { recoveryClass, uniqueNames, deleteConsistency } = capabilities()
    const isSeenAtOnce = deleteConsistency === 'strong' && subject().longOperations === undefined
    const excuses = [
      ...(uniqueNames && (recoveryClass === 'one-shot' || !isSeenAtOnce) ? ['name_burnt'] : []),
      ...(uniqueNames && recoveryClass !== 'one-shot' && !isSeenAtOnce ? ['unknown'] : []),
    ]
    const row = aRow()
    const outcomes = await all([create(row), create(row)])
    const credentials = outcomes.filter(isCreated)
    expect(await works(credentials)).to.deep.equal(credentials.map(() => true))
    expect(credentials).not.to.have.length(0)
    expect(outcomes.filter(({ kind }) => kind !== 'created' && !excuses.includes(kind))).to.deep.equal([])
    if (uniqueNames) expect(await objects()).to.deep.equal([row.vendorName])
  })

  const cleared = async (row: Row): Promise<void> => {
    const outcome = await remove(row)
    if (!capabilities().revocable) return
    expect(isGone(outcome), outcome.kind).to.equal(true)
    expect(await objects()).to.deep.equal([])
  }

  it('leaves a working credential or nothing where a row is created and deleted at the same time', async () => {
    const callsInEitherOrder = [
      (row: Row) => [create(row), remove(row)] as const,
      (row: Row) => [remove(row), create(row)] as const,
    ]
    for (const call of callsInEitherOrder) {
      const row = aRow()
      const outcomes: ReadonlyArray<CreateOutcome | DeleteOutcome> = await Promise.all(call(row))
      const credential = outcomes.find((outcome) => outcome.kind === 'created')
      const isThere = (await objects()).includes(row.vendorName)
      expect(credential !== undefined && (await accepted(credential)), 'a credential that works').to.equal(isThere)
      await cleared(row)
    }
  })

  it('ends two deletes of one row at the same time truthfully, and leaves nothing', async () => {
    const row = aRow()
    const credential = await created(row)
    const outcomes = await all([remove(row), remove(row)])
    if (!capabilities().revocable) {
      expect([outcomes, await accepted(credential)]).to.deep.equal([
        [{ kind: 'not_revocable' }, { kind: 'not_revocable' }],
        true,
      ])
      return
    }
    expect(outcomes.filter((outcome) => !isGone(outcome) && outcome.kind !== 'absent_unproved')).to.deep.equal([])
    expect([outcomes.some(isGone), await accepted(credential), await objects()]).to.deep.equal([true, false, []])
  })

  it('keeps a credential, and shows it, while others are deleted and created', async () => {
    const [kept, late, ...gone] = [aRow(), aRow(), aRow(), aRow()]
    const credential = await created(kept)
    for (const row of gone) await created(row)
    const [found] = await Promise.all([
      read(kept),
      all<CreateOutcome | DeleteOutcome>([...gone.map((row) => remove(row)), create(late)]),
    ])
    expect([found.kind, await accepted(credential)]).to.deep.equal(['found', true])
    expect(await objects()).to.have.members(namesOf(capabilities().revocable ? [kept, late] : [kept, late, ...gone]))
  })
}
