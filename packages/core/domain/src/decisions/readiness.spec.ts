import { expect } from 'chai'
import {
  type Cluster,
  type Credential,
  hasEverythingRequired,
  hasRowForEach,
  isComplete,
  isInMotion,
  isPublished,
  registryStatuses,
} from '../index.ts'
import { aCluster, aClusterLedger, aCredential, aRegistry, now } from '../testing/index.ts'

const quay = aRegistry('quay')
const rhit = aRegistry('rhit')
const harbor = aRegistry('harbor', { required: false })
const published = aCluster({ publishedAt: now - 1 })
const active = (registryId: string): Credential =>
  aCredential({ id: `of-${registryId}`, registryId, state: 'active', lease: undefined })
const view = (cluster: Cluster | undefined, ...rows: ReadonlyArray<Credential>) => aClusterLedger(cluster, ...rows)

describe('readiness', () => {
  describe('how a registry of a cluster stands', () => {
    it('is active with an active row, whatever became of others', () => {
      const rows = [aCredential({ state: 'revoking', problem: 'timeout' }), active('quay')]
      expect(registryStatuses(view(published, ...rows), [quay])).to.deep.equal([
        { registryId: 'quay', required: true, status: 'active' },
      ])
    })

    it('is pending where only a newer configuration requires it, until the document is published', () => {
      const requiring = (cluster: Cluster) => ({ ...view(cluster), requiredRegistries: ['quay', 'edge'] })
      const edge = { registryId: 'edge', required: true, status: 'pending' }
      expect(registryStatuses(requiring(aCluster()), [quay]))
        .to.deep.include(edge)
        .and.to.have.length(2)
      expect(registryStatuses(requiring(published), [quay])).to.have.length(1)
    })

    it('is not active past the announced expiry, less what clocks may differ by', () => {
      const statusWith = (expiresAt: number) =>
        registryStatuses(view(published, { ...active('quay'), expiresAt }), [quay]).map(({ status }) => status)
      expect([statusWith(now + 600_001), statusWith(now + 600_000), statusWith(0)]).to.deep.equal([
        ['active'],
        ['pending'],
        ['pending'],
      ])
    })

    it('is pending while nothing went wrong, and failing with what went wrong last', () => {
      expect(registryStatuses(view(aCluster(), aCredential()), [quay])).to.deep.equal([
        { registryId: 'quay', required: true, status: 'pending' },
      ])
      expect(
        registryStatuses(view(aCluster(), aCredential(), aCredential({ id: 'b', problem: 'quota' })), [harbor, quay]),
      ).to.deep.equal([
        { registryId: 'harbor', required: false, status: 'pending' },
        { registryId: 'quay', required: true, status: 'failing', problem: 'quota' },
      ])
    })

    it('is nothing for a cluster nobody heard of', () => {
      expect(registryStatuses(view(undefined), [quay])).to.deep.equal([])
    })
  })

  describe('a document', () => {
    it('is served once it was published, until its cluster is deleted', () => {
      expect(
        [aCluster(), published, aCluster({ state: 'deleting', publishedAt: now })].map((cluster) =>
          isPublished(view(cluster)),
        ),
      ).to.deep.equal([false, true, false])
      expect(isPublished(view(undefined))).to.equal(false)
    })

    it('has everything required when every required registry is active, not only one', () => {
      const all = [quay, rhit, harbor]
      expect(hasEverythingRequired(view(published, active('quay')), all)).to.equal(false)
      expect(hasEverythingRequired(view(published, active('quay'), active('rhit')), all)).to.equal(true)
      expect(hasEverythingRequired(view(aCluster(), active('quay'), active('rhit')), all)).to.equal(false)
    })

    it('is complete when the optional registries are active as well', () => {
      expect(isComplete(view(published, active('quay')), [quay, harbor])).to.equal(false)
      expect(isComplete(view(published, active('quay'), active('harbor')), [quay, harbor])).to.equal(true)
      expect(isComplete(view(aCluster(), active('quay')), [quay])).to.equal(false)
    })
  })

  describe('what is just coming', () => {
    const moves = (given: Partial<Credential>, ...others: ReadonlyArray<Credential>): boolean =>
      isInMotion(view(published, ...others, aCredential({ attempts: 1, ...given })), [quay, harbor])

    it('is a first attempt that somebody holds, beside whatever else there is', () => {
      expect(moves({})).to.equal(true)
      expect(moves({}, active('harbor'))).to.equal(true)
    })

    it('is no later attempt, none that nobody holds, and none that succeeded', () => {
      expect(moves({ attempts: 2 })).to.equal(false)
      expect(moves({ lease: undefined })).to.equal(false)
      expect(moves({ state: 'ready' })).to.equal(false)
    })

    it('is nothing of a registry that the cluster does not want', () => {
      expect(moves({ registryId: 'acr' })).to.equal(false)
      expect(isInMotion(view(undefined, aCredential()), [quay])).to.equal(false)
    })
  })
  describe('a row for each registry', () => {
    const hasRows = (...rows: ReadonlyArray<Credential>): boolean =>
      hasRowForEach(view(published, ...rows), [quay, harbor])

    it('is there when no wanted registry lacks one that is not being revoked', () => {
      expect(hasRows(active('quay'), aCredential({ registryId: 'harbor' }))).to.equal(true)
      expect(hasRows(active('quay'))).to.equal(false)
      expect(hasRows(active('quay'), aCredential({ registryId: 'harbor', state: 'revoking' }))).to.equal(false)
    })

    it('is missing for a cluster that is not known', () => {
      expect(hasRowForEach(view(undefined, active('quay')), [quay])).to.equal(false)
    })
  })
})
