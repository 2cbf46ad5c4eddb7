import { expect } from 'chai'
import {
  alreadyServes,
  type Cluster,
  type Credential,
  type GenerateCommand,
  notReady,
  outlookOf,
  unknownRegistry,
} from '../index.ts'
import { aCause, aCluster, aClusterLedger, aCredential, aRegistry, now } from '../testing/index.ts'

const cause = aCause()

const all = [aRegistry('quay'), aRegistry('rhit'), aRegistry('harbor', { required: false })]
const published = aCluster({ publishedAt: now - 1 })
const row = (registryId: string, given: Partial<Credential> = {}): Credential =>
  aCredential({ id: `of-${registryId}`, registryId, lease: undefined, ...given })
const active = (registryId: string): Credential => row(registryId, { state: 'active' })
const waiting = (registryId: string, seconds: number): Credential =>
  row(registryId, { nextAttemptAt: now + seconds * 1000 })

describe('outlook', () => {
  describe('what a waiting caller may hope for', () => {
    const outlook = (cluster: Cluster | undefined, ...rows: ReadonlyArray<Credential>) =>
      outlookOf(aClusterLedger(cluster, ...rows), all)

    it('is work at once for a cluster nobody heard of, and for a required registry without a row', () => {
      expect(outlook(undefined)).to.deep.equal({ isIdle: true, waitMilliseconds: 0 })
      expect(outlook(aCluster(), active('quay'))).to.deep.equal({ isIdle: true, waitMilliseconds: 0 })
    })

    it('is the longest wait of what is missing, and work as soon as any of it is due', () => {
      expect(outlook(aCluster(), waiting('quay', 3), waiting('rhit', 7))).to.deep.equal({
        isIdle: false,
        waitMilliseconds: 7000,
      })
      expect(outlook(aCluster(), waiting('quay', 0), waiting('rhit', 7))).to.deep.equal({
        isIdle: true,
        waitMilliseconds: 7000,
      })
      expect(outlook(aCluster(), row('quay', { nextAttemptAt: undefined }), waiting('rhit', -5))).to.deep.equal({
        isIdle: true,
        waitMilliseconds: 0,
      })
    })

    it("takes for missing what is missing, whatever stands in its neighbours' rows", () => {
      const three = [aRegistry('quay'), aRegistry('rhit'), aRegistry('acr')]
      expect(outlookOf(aClusterLedger(aCluster(), active('quay'), waiting('rhit', 3)), three)).to.deep.equal({
        isIdle: true,
        waitMilliseconds: 3000,
      })
    })

    it('is no wait for what somebody is at work on', () => {
      expect(outlook(aCluster(), aCredential(), row('rhit', { state: 'ready' }))).to.deep.equal({
        isIdle: false,
        waitMilliseconds: 0,
      })
    })

    it('does not count a row that is being revoked, nor an optional registry', () => {
      const revoking = row('quay', { id: 'old', state: 'revoking', nextAttemptAt: now + 60_000 })
      expect(outlook(aCluster(), revoking, waiting('quay', 2), active('rhit'), waiting('harbor', 9))).to.deep.equal({
        isIdle: false,
        waitMilliseconds: 2000,
      })
    })

    it('is work where everything is there and only the publication is missing', () => {
      const rows = [row('quay', { state: 'ready' }), row('rhit', { state: 'ready' })]
      expect(outlook(aCluster(), ...rows)).to.deep.equal({ isIdle: true, waitMilliseconds: 0 })
      expect(outlook(published, ...rows)).to.deep.equal({ isIdle: false, waitMilliseconds: 0 })
    })
  })

  describe('the refusal of a generate that is not ready', () => {
    const retryAfter = (seconds: number): number =>
      notReady(aClusterLedger(aCluster(), active('rhit'), waiting('quay', seconds)), all, {
        timedOut: false,
        secondsUntilTurn: () => 40,
      }).retryAfterSeconds

    it('names the wait in whole seconds, between a second and a minute', () => {
      expect([0, 0.2, 12.1, 59, 3600].map(retryAfter)).to.deep.equal([1, 1, 13, 59, 60])
    })

    it('counts the wait for a turn of what is under way, up to a minute', () => {
      const lease = { attemptId: 'a', takenAt: now, expiresAt: now + 30_000 }
      const retryAfterTurn = (seconds: number, given: Partial<Credential> = { lease }): number =>
        notReady(aClusterLedger(aCluster(), active('rhit'), row('quay', given)), all, {
          timedOut: true,
          secondsUntilTurn: (id) => (id === 'quay' ? seconds : 50),
        }).retryAfterSeconds
      expect([
        retryAfterTurn(17),
        retryAfterTurn(0),
        retryAfterTurn(90),
        retryAfterTurn(17, { nextAttemptAt: now }),
      ]).to.deep.equal([17, 1, 60, 1])
    })

    it('says how each registry stands, and whether patience ran out', () => {
      const refusal = notReady(aClusterLedger(aCluster(), active('rhit'), row('quay', { problem: 'quota' })), all, {
        timedOut: true,
        secondsUntilTurn: () => 1,
      })
      expect(refusal).to.include({ code: 'REGISTRIES_NOT_READY', clusterId: 'cls-abc123', timedOut: true })
      expect(refusal.registries.map(({ registryId, status }) => [registryId, status])).to.deep.equal([
        ['quay', 'failing'],
        ['rhit', 'active'],
        ['harbor', 'pending'],
      ])
    })
  })

  describe('a generate', () => {
    const served = [active('quay'), active('rhit')]
    const serves = (
      command: Partial<GenerateCommand> = {},
      cluster: Cluster | undefined = published,
      rows: ReadonlyArray<Credential> = served,
    ): boolean => alreadyServes(aClusterLedger(cluster, ...rows), { clusterId: 'cls-abc123', cause, ...command }, all)

    it('is served at once when it asks for nothing new', () => {
      expect(serves()).to.equal(true)
      expect(serves({ externalId: 'x' }, { ...published, externalId: 'x' })).to.equal(true)
      expect(serves({}, { ...published, externalId: 'x' })).to.equal(true)
      expect(
        serves(
          { registries: ['quay', 'rhit'] },
          { ...published, wantsAllRegistries: false, wantedRegistries: ['harbor', 'quay', 'rhit'] },
          [...served, active('harbor')],
        ),
      ).to.equal(true)
    })

    it('is decided by the ledger when it asks for more, or for a registry by name that was not asked for', () => {
      const some = { ...published, wantsAllRegistries: false, wantedRegistries: ['quay'] }
      expect(serves({}, some)).to.equal(false)
      expect(serves({ registries: ['quay'] }, some)).to.equal(true)
      expect(serves({ registries: ['quay', 'harbor'] }, some)).to.equal(false)
      expect(serves({ externalId: 'y' }, { ...published, externalId: 'x' })).to.equal(false)
      expect(serves({ registries: ['harbor'], externalId: 'x' }, { ...some, externalId: 'x' })).to.equal(false)
    })

    it('is decided by the ledger while something is missing or just coming', () => {
      expect(alreadyServes(aClusterLedger(undefined), { clusterId: 'cls-abc123', cause }, all)).to.equal(false)
      expect(serves({}, published, [active('quay')])).to.equal(false)
      expect(serves({}, published, [...served, aCredential({ registryId: 'harbor' })])).to.equal(false)
    })

    it('is decided by the ledger when it means another life than the one that goes on', () => {
      const third = { ...published, incarnation: 3 }
      expect([
        serves({ recreate: 2 }, third),
        serves({ recreate: 1 }, third),
        serves({ recreate: 3 }, third),
      ]).to.deep.equal([true, false, false])
    })

    it('may name enabled registries only, and is told which they are', () => {
      const registries = [...all, aRegistry('acr', { enabled: false })]
      const refused = (names: ReadonlyArray<string> | undefined) =>
        unknownRegistry({ clusterId: 'cls-abc123', cause, registries: names }, registries)
      expect([refused(undefined), refused([]), refused(['quay', 'harbor'])]).to.deep.equal([
        undefined,
        undefined,
        undefined,
      ])
      expect(refused(['quay', 'acr'])).to.deep.equal({
        code: 'INVALID_INPUT',
        field: 'registries',
        rule: 'invalid',
        message: 'registries must name enabled registries only',
        validValues: ['quay', 'rhit', 'harbor'],
      })
    })
  })
})
