import { inspect } from 'node:util'
import { type SecretText, secretText } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import { concurrentCallsSuite } from './concurrent-calls-suite.ts'
import { listingSuite } from './listing-suite.ts'
import { longOperationsSuite } from './long-operations-suite.ts'
import { openSockets, socketsAbove } from './open-sockets.ts'
import { isGone, makeRegistryCalls } from './registry-calls.ts'
import type { OpenRegistrySubject, RegistrySubject } from './registry-subject.ts'
import { sharedObjectCallsSuite } from './shared-object-calls-suite.ts'

/**
 * What every registry client keeps, whatever its vendor; where vendors differ, both branches of the declared
 * capability are asserted.
 */
export const registryClientSuite = (open: OpenRegistrySubject): void => {
  describe('as a registry client', () => {
    let subject: RegistrySubject
    let socketsBefore = 0
    const calls = makeRegistryCalls(() => subject)
    const { capabilities, aRow, create, created, remove, read, accepted, objects, whereNothingIsSent } = calls
    beforeEach(async () => {
      subject = await open()
      socketsBefore = openSockets()
      calls.begin()
    })
    afterEach(async () => {
      const left = await objects()
      await subject.closeClient()
      const sockets = await socketsAbove(socketsBefore)
      await subject.close()
      expect(
        left.filter((name) => !calls.named().includes(name)),
        'objects that nobody asked for',
      ).to.deep.equal([])
      expect(sockets, 'sockets that the client left open').to.equal(0)
    })

    it('creates a credential that the registry accepts', async () => {
      const row = aRow()
      const outcome = await created(row)
      expect(await accepted(outcome)).to.equal(true)
      expect(await objects()).to.have.length(1)
    })

    it('gives the secret that was chosen for it, where the service chooses', async () => {
      const row = aRow()
      const outcome = await created(row)
      expect(outcome.token.reveal() === row.token.reveal()).to.equal(capabilities().recoveryClass === 'caller-secret')
    })

    it('calls nothing created that does not fit an auth entry', async () => {
      expect(subject.chooseNextToken === undefined, 'the service chooses the token').to.equal(
        capabilities().recoveryClass === 'caller-secret',
      )
      for (const token of ['two\nlines', 'nul\0', 'lone \ud800 surrogate', 'x'.repeat(300_000)]) {
        await subject.chooseNextToken?.(token)
        const outcome = await create(aRow())
        expect(outcome, JSON.stringify(token).slice(0, 20)).to.deep.include(
          subject.chooseNextToken === undefined
            ? { kind: 'created' }
            : { kind: 'unknown', problem: 'unreadable_answer' },
        )
      }
    })

    it('says when a credential expires exactly where it expires by itself, and to renew it before', async () => {
      const { expiresAt, refreshAfter } = await created(aRow())
      if (capabilities().maximumLifetimeSeconds === undefined)
        expect([expiresAt, refreshAfter]).to.deep.equal([undefined, undefined])
      else expect(expiresAt ?? 0).to.be.greaterThan(refreshAfter ?? Number.POSITIVE_INFINITY)
    })

    it('survives being asked again for the same row as its recovery class says', async () => {
      const row = aRow()
      const first = await created(row)
      const second = await create(row)
      switch (capabilities().recoveryClass) {
        case 'read-back':
        case 'caller-secret':
          expect(second.kind === 'created' && second.token.reveal()).to.equal(first.token.reveal())
          expect(await objects()).to.have.length(1)
          break
        case 'one-shot':
          expect(second.kind).to.equal(capabilities().uniqueNames ? 'name_burnt' : 'created')
          break
        case 'stateless':
          expect(second.kind).to.equal('created')
      }
      expect(await accepted(first)).to.equal(true)
    })

    it('calls the outcome of a create unknown when its answer is lost, and finds its result where it can', async () => {
      const row = aRow()
      await subject.loseNextAnswer('create')
      expect((await create(row)).kind).to.equal('unknown')
      const again = await create(row)
      if (capabilities().recoveryClass === 'read-back' || capabilities().recoveryClass === 'caller-secret') {
        expect(again.kind === 'created' && (await accepted(again))).to.equal(true)
        expect(await objects()).to.have.length(1)
      } else expect(again.kind).to.equal(capabilities().uniqueNames ? 'name_burnt' : 'created')
    })

    it('never takes over an object of somebody else, and leaves it alone', async () => {
      const canBeTaken = capabilities().uniqueNames && !capabilities().sharedObject
      expect(subject.addForeign !== undefined, 'somebody else can take a name').to.equal(canBeTaken)
      const row = aRow()
      if (subject.addForeign === undefined) {
        const outcome = await created(row)
        await calls.removeNamesake(row)
        expect(await accepted(outcome)).to.equal(true)
        return
      }
      await subject.addForeign(row.vendorName)
      expect((await create(row)).kind).to.equal('name_burnt')
      expect(await remove(row)).to.deep.equal({ kind: 'absent', evidence: 'foreign_object' })
      expect(await objects()).to.deep.equal([row.vendorName])
    })

    it('reads its object back, with the secret exactly where the vendor shows it', async () => {
      const row = aRow()
      const outcome = await created(row)
      const found = await read(row)
      if (found.kind !== 'found') throw new Error(`expected to find it, got ${JSON.stringify(found)}`)
      expect([found.ours, found.username]).to.deep.equal([true, outcome.username])
      expect(found.token?.reveal()).to.equal(
        capabilities().recoveryClass === 'read-back' ? outcome.token.reveal() : undefined,
      )
    })

    it('says that an object is absent', async () => {
      const found = await read(aRow())
      expect(found.kind).to.equal('absent')
    })

    it('deletes for certain: the login is refused, the object gone, and the absence shown', async () => {
      const row = aRow()
      const outcome = await created(row)
      const first = await remove(row)
      if (!capabilities().revocable) {
        expect(first).to.deep.equal({ kind: 'not_revocable' })
        expect([await accepted(outcome), outcome.expiresAt === undefined]).to.deep.equal([true, false])
        return
      }
      expect(first.kind).to.equal('deleted')
      expect([await accepted(outcome), await objects()]).to.deep.equal([false, []])
      expect(isGone(await remove(row))).to.equal(true)
    })

    it('claims nothing of a delete whose answer is lost, and shows the absence when it is asked again', async () => {
      const row = aRow()
      const outcome = await created(row)
      await subject.loseNextAnswer('delete')
      const [first, again] = [await remove(row), await remove(row)]
      if (!capabilities().revocable) {
        expect([first, again, await accepted(outcome)]).to.deep.equal([
          { kind: 'not_revocable' },
          { kind: 'not_revocable' },
          true,
        ])
        return
      }
      expect([first.kind, isGone(again)]).to.deep.equal(['unknown', true])
      expect([await accepted(outcome), await objects()]).to.deep.equal([false, []])
    })

    it('deletes nothing else', async () => {
      const [kept, gone] = [aRow('cls-kept00'), aRow('cls-gone00')]
      const keptCredential = await created(kept)
      await created(gone)
      await remove(gone)
      expect(await accepted(keptCredential)).to.equal(true)
    })

    it('writes a shared object under no fence that was passed, and needs none where nothing is shared', async () => {
      const kept = await created(aRow())
      await created(aRow())
      const late = aRow()
      const outcome = await calls.createStale(late)
      if (capabilities().sharedObject) expect(outcome.kind).to.be.oneOf(['refused', 'not_sent'])
      else expect(outcome.kind).to.equal('created')
      expect([await accepted(kept), (await objects()).includes(late.vendorName)]).to.deep.equal([
        true,
        !capabilities().sharedObject,
      ])
    })

    it('sends nothing after its deadline', async () => {
      const row = aRow()
      expect((await create(row, subject.passedDeadline())).kind).to.equal('not_sent')
      expect(await objects()).to.deep.equal([])
      await created(row)
      expect((await remove(row, subject.passedDeadline())).kind).to.be.oneOf(['not_sent', ...whereNothingIsSent()])
      expect(await objects()).to.have.length(1)
    })

    it('tells a valid credential from an invalid one', async () => {
      const { username, token } = await created(aRow())
      const validate = async (secret: SecretText) =>
        (await subject.client.validateCredential({ username, token: secret, terms: until(subject.deadline()) })()).kind
      expect([await validate(token), await validate(secretText('wrong'))]).to.deep.equal(['valid', 'invalid'])
    })

    it('proves no absence while its administrator may see nothing', async () => {
      const row = aRow()
      await created(row)
      expect(await subject.client.checkAccess(until(subject.deadline()))()).to.deep.equal({ kind: 'working' })
      if (subject.forgetAdministrator === undefined) {
        expect(capabilities().sharedObject, 'an object that is written without an administrator').to.equal(true)
        return
      }
      await subject.forgetAdministrator()
      expect((await subject.client.checkAccess(until(subject.deadline()))()).kind).to.equal('failing')
      expect((await create(aRow())).kind).to.be.oneOf(['refused', 'not_sent'])
      expect((await remove(row)).kind).to.be.oneOf([
        'refused',
        'not_sent',
        'unknown',
        'absent_unproved',
        ...whereNothingIsSent(),
      ])
      expect(await objects()).to.have.length(1)
    })

    it('gives every row a name of its own, for every cluster id', () => {
      const ids = [
        'cls-abc123',
        `cls-${'a'.repeat(36)}`,
        '0191e0f4-7f5a-7c1e-8b1a-0123456789ab',
        'x'.repeat(64),
        'Ünï_cödé id',
      ]
      const names = ids.flatMap((id) => [aRow(id).vendorName, aRow(id).vendorName])
      expect(new Set(names).size).to.equal(names.length)
    })

    it('tells a secret to nobody who did not open it', async () => {
      const row = aRow()
      const outcome = await created(row)
      const found = await read(row)
      const told = [outcome, found].flatMap((value) => [JSON.stringify(value), inspect(value, { depth: 9 })]).join()
      expect(told).not.to.include(outcome.token.reveal())
    })

    concurrentCallsSuite(calls, () => subject)
    sharedObjectCallsSuite(calls)
    listingSuite(calls, () => subject)
    longOperationsSuite(calls, () => subject)
  })
}
