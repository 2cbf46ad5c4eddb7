import type { Cluster, ViewedCluster } from '@pull-secret/domain'
import type { Columns } from './columns.ts'

/** Where `clusters` keeps each property of a cluster; a new life of its id may change all but the id. */
export const clusterColumns: Columns<Cluster> = {
  id: { column: 'id', isFinal: true },
  version: { column: 'version', isFinal: true },
  state: { column: 'state' },
  incarnation: { column: 'incarnation' },
  externalId: { column: 'external_id' },
  cloudProvider: { column: 'cloud_provider' },
  region: { column: 'region' },
  wantsAllRegistries: { column: 'wants_all_registries' },
  wantedRegistries: { column: 'wanted_registries' },
  sealedFingerprintKey: { column: 'sealed_fingerprint_key' },
  publishedAt: { column: 'published_at', isTime: true },
  servedRegistries: { column: 'served_registries' },
  epoch: { column: 'epoch' },
  dormantSince: { column: 'dormant_since', isTime: true },
  nextAttemptAt: { column: 'next_attempt_at', isTime: true },
  createdAt: { column: 'created_at', isTime: true },
  createdBy: { column: 'created_by' },
}

const all = clusterColumns

/** The part of them that an answer needs. */
export const viewedClusterColumns: Columns<ViewedCluster> = {
  state: all.state,
  incarnation: all.incarnation,
  externalId: all.externalId,
  wantsAllRegistries: all.wantsAllRegistries,
  wantedRegistries: all.wantedRegistries,
  sealedFingerprintKey: all.sealedFingerprintKey,
  publishedAt: all.publishedAt,
  servedRegistries: all.servedRegistries,
}
