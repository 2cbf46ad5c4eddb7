import { claimOf, type ClaimTerms, type Credential, decided, takeLease } from '@pull-secret/domain'
import { aFreshCredential } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { fail, plain, succeed } from '../expectations.ts'
import { brokenLinks, rulesOf, sequences } from './audit-chain.ts'
import { added, attempt, clusterBorn, clusterWith, leased, madeReady, noted, stored, write } from './ledger-steps.ts'
import type { LedgerSubject, OpenLedger } from './ledger-subject.ts'

const clusterId = 'cls-abc123'
const past = Date.parse('2020-01-01T00:00:00Z')
const unknown = { code: 'LEDGER_OUTCOME_UNKNOWN' }

const terms: ClaimTerms = {
  registryId: 'quay',
  scope: 'https://quay.example.com|org',
  leaseSeconds: 30,
  landingWindowSeconds: 900,
  mayCreate: true,
  mayRepeatUnknown: true,
}

/** The row is ready, and its holder gives it back. */
const finished = (held: Credential) => {
  const ready = madeReady(held)
  return { ...ready, after: { ...ready.after, lease: undefined, nextAttemptAt: undefined } }
}

/**
 * What every adapter of `CredentialLedger` keeps of a commit that nobody acknowledged: all of it or nothing, and
 * whoever asks again does no harm.
 */
export const lostCommitsSuite = (open: OpenLedger): void => {
  describe('as a ledger whose commits get lost', () => {
    let subject: LedgerSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(async () => {
      await subject.close()
    })

    const record = (row: Credential) =>
      subject.ledger.record(claimOf(row), (_ledger, held) => decided('recorded', [finished(held)]))
    const add = () =>
      subject.ledger.change(clusterId, ({ credentials }) =>
        E.right(credentials.length > 0 ? decided('present') : decided('added', [added(aFreshCredential())])),
      )
    const claim = (seed: number) => subject.dueWork.claim({ terms, kind: 'obligations', attemptIds: [attempt(seed)] })
    const everything = async () => ({ ledger: plain(await stored(subject)), chain: await subject.audit(clusterId) })
    const summary = async () => {
      const [{ credentials }, chain] = [await stored(subject), await subject.audit(clusterId)]
      return {
        states: credentials.map((row) => row.state),
        rules: rulesOf(chain),
        sequences: sequences(chain),
        broken: brokenLinks(chain),
      }
    }
    const whole = (states: ReadonlyArray<string>, rules: ReadonlyArray<string>) => ({
      states,
      rules,
      sequences: rules.map((_rule, index) => index + 1),
      broken: [],
    })

    it('calls the outcome of a recording unknown when its acknowledgement is lost, though all is written', async () => {
      const row = await clusterWith(subject, leased())
      subject.loseNextCommit('kept')
      expect(await fail(record(row))).to.include(unknown)
      expect(await summary()).to.deep.equal(whole(['ready'], ['K1', 'C1', 'C3']))
    })

    it('tells a holder who records again that it gave its lease back, and changes nothing', async () => {
      const row = await clusterWith(subject, leased())
      subject.loseNextCommit('kept')
      await fail(record(row))
      const before = await everything()
      expect(await fail(record(row))).to.deep.equal({ code: 'FENCE_LOST' })
      expect(await everything()).to.deep.equal(before)
    })

    it('calls the outcome of a recording unknown that never arrived, and has written nothing of it', async () => {
      const row = await clusterWith(subject, leased())
      const before = await everything()
      subject.loseNextCommit('undone')
      expect(await fail(record(row))).to.include(unknown)
      expect(await everything()).to.deep.equal(before)
    })

    it('lets the holder record again what never arrived', async () => {
      const row = await clusterWith(subject, leased())
      subject.loseNextCommit('undone')
      await fail(record(row))
      expect(await succeed(record(row))).to.equal('recorded')
      expect(await summary()).to.deep.equal(whole(['ready'], ['K1', 'C1', 'C3']))
    })

    it('keeps what a holder learnt, or nothing, when it comes too late and nobody answers it', async () => {
      const row = await clusterWith(subject, leased())
      await write(subject, noted(row, takeLease(row, { attemptId: attempt(2), leaseSeconds: 30 }, past)))
      const learn = () =>
        subject.ledger.record(claimOf(row), (_ledger, held) => decided(undefined, [finished(held)]), {
          vendorId: 'object-7',
        })
      const findings = async () =>
        (await stored(subject)).credentials.map(({ state, fence, vendorId }) => [state, fence, vendorId])
      subject.loseNextCommit('undone')
      expect([(await fail(learn())).code, await findings()]).to.deep.equal([
        unknown.code,
        [['intended', row.fence + 1, undefined]],
      ])
      subject.loseNextCommit('kept')
      expect([(await fail(learn())).code, await findings()]).to.deep.equal([
        unknown.code,
        [['intended', row.fence + 1, 'object-7']],
      ])
    })

    it('gives a row to a recording that lands late or to the next holder, never to both', async () => {
      const row = takeLease(aFreshCredential(), { attemptId: attempt(1), leaseSeconds: 30 }, past)
      await write(subject, clusterBorn(), added(row))
      subject.loseNextCommit('late')
      expect(await fail(record(row))).to.include(unknown)
      const [next] = await succeed(claim(2))
      await subject.landLate()
      const [found] = (await stored(subject)).credentials
      const shown = [found?.state, found?.fence, found?.lease?.attemptId]
      expect(shown).to.deep.equal(
        next === undefined ? ['ready', row.fence, undefined] : ['intended', row.fence + 1, attempt(2)],
      )
      expect(await summary()).to.deep.equal(
        next === undefined ? whole(['ready'], ['K1', 'C1', 'C3']) : whole(['intended'], ['K1', 'C1']),
      )
    })

    it('lets a change that lands late and its repetition see each other', async () => {
      await write(subject, clusterBorn())
      subject.loseNextCommit('late')
      expect(await fail(add())).to.include(unknown)
      const repeated = add()()
      await subject.landLate()
      expect((await repeated)._tag).to.equal('Right')
      expect(await summary()).to.deep.equal(whole(['intended'], ['K1', 'C1']))
    })

    it('serves everybody after commits were lost, as if none had been', async () => {
      const row = await clusterWith(subject, leased())
      for (const fate of ['undone', 'kept'] as const) {
        for (const lost of [
          add(),
          record(row),
          claim(3),
          subject.sharedObjects.take('file', attempt(4), 0),
          subject.sharedObjects.release({ registryId: 'file', attemptId: attempt(4), fence: 1 }),
        ]) {
          subject.loseNextCommit(fate)
          await fail<unknown>(lost)
        }
      }
      const calls = Array.from({ length: 12 }, (_, index) => [
        add(),
        claim(5),
        subject.sharedObjects.take(`file-${String(index)}`, attempt(6), 0),
        subject.reads.cluster(clusterId),
      ]).flat()
      await Promise.all(calls.map((call) => succeed<unknown>(call)))
    })
  })
}
