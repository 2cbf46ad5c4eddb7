import type { LedgerTables } from '@pull-secret/in-memory'
import { canonicalAuditText, chainStart, isLegalClusterTransition, isLegalTransition, isUnsettled, markerOf, type ClusterRule, type ClusterState, type Credential, type CredentialRule, type CredentialState } from '@pull-secret/domain'
import { createHash } from 'node:crypto'
import { tellsToken } from './leaks.ts'
import type { Callers, GivenCredential, Request } from './callers.ts'
import { sharedUserPrefix } from './vendors/imaginary-adapter.ts'
import type { ImaginaryVendor, VendorObject } from './vendors/imaginary-vendor.ts'
import type { Violation } from './violation.ts'
import { trueTime, type Side, type World } from './world.ts'

const livingRows = (tables: LedgerTables): ReadonlyArray<Credential> => [...tables.clusters.values()].flatMap((ledger) => ledger.credentials)

/** The row that an object of this deployment belongs to; nothing for objects of others. */
const credentialIdOf = (vendor: ImaginaryVendor, { marker, vendorName }: VendorObject, deploymentId: string): string | undefined => {
  if (vendor.knobs.sharedObject) return vendorName.startsWith(sharedUserPrefix) ? vendorName.slice(sharedUserPrefix.length) : undefined
  const prefix = markerOf(deploymentId, '')
  return marker.startsWith(prefix) ? marker.slice(prefix.length) : undefined
}

/** Every object of ours at a vendor has a row that is not revoked. What cannot be withdrawn ends by itself. */
const noOrphan = ({ scheduler }: World, { fleet: { tables, registries, deploymentId } }: Side): ReadonlyArray<Violation> => {
  const known = new Set(livingRows(tables).map((row) => row.id))
  return registries.flatMap(({ id: registryId, vendor }) => vendor.present()
    .filter((object) => object.expiresAt > scheduler.now())
    .flatMap((object): ReadonlyArray<Violation> => {
      const id = credentialIdOf(vendor, object, deploymentId)
      return id === undefined || known.has(id) ? [] : [{ invariant: 'I1', message: `${registryId} holds ${object.vendorName}, which no row accounts for` }]
    }))
}

/** Whether a delete means the life that a credential was given to, and was not refused because it means another. */
const means = (request: Request, given: GivenCredential): boolean =>
  request.kind === 'delete' && request.clusterId === given.clusterId && request.code !== 'INCARNATION_CONFLICT'
  && (request.incarnation === undefined || request.incarnation === given.incarnation)

/** A delete that was under way when the credential was asked for, or began later, or of which nobody knows whether it is still to happen, may have meant it. */
const mayHaveBeenDeleted = ({ requests }: Callers, given: GivenCredential): boolean =>
  requests.some((request) => means(request, given) && (request.endedAt === undefined || request.answer === 'unknown' || request.endedAt > given.askedAt))

const vendorOf = ({ fleet: { registries } }: Side, registryId: string): ImaginaryVendor => {
  const registry = registries.find(({ id }) => id === registryId)
  if (registry === undefined) throw new Error(`a document names ${registryId}, which is not configured`)
  return registry.vendor
}

/** May be asked at any moment, and must hold at every one: a token that is mended later was broken all the same. */
export const nothingBroken = (side: Side): ReadonlyArray<Violation> =>
  side.callers.given.flatMap((given): ReadonlyArray<Violation> => {
    const vendor = vendorOf(side, given.registryId)
    if (vendor.knobs.lifetimeSeconds !== undefined || mayHaveBeenDeleted(side.callers, given)) return []
    return vendor.accepts(given.username, given.token) ? [] : [{ invariant: 'I2', message: `${given.registryId} refuses ${given.username}, which was given and never deleted` }]
  })

const countBy = <A>(items: ReadonlyArray<A>, keyOf: (item: A) => string): ReadonlyArray<readonly [key: string, count: number]> => {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return [...counts]
}

/** So many rows of one cluster and registry may have requests on their way at once. */
const unsettledLimit = 3

/** May be asked at any moment: a vendor that burns names is not asked for ever more of them. */
export const fewUnsettled = (world: World, { fleet: { tables } }: Side): ReadonlyArray<Violation> =>
  countBy(livingRows(tables).filter((row) => isUnsettled(row, trueTime(world))), (row) => `${row.registryId} of ${row.clusterId}`)
    .filter(([, count]) => count > unsettledLimit)
    .map(([of, count]) => ({ invariant: 'contract', message: `${String(count)} rows at ${of} are unsettled at once` }))

/** Whoever gets a document gets one with every required registry, made for this life of the cluster alone. */
const documentsAreWhole = ({ callers: { requests, given }, fleet: { registries } }: Side): ReadonlyArray<Violation> => {
  const required = registries.filter((registry) => registry.required).map(({ id }) => id)
  const lacking = requests.filter(({ registryIds }) => registryIds !== undefined && required.some((id) => !registryIds.includes(id)))
  const lives = countBy([...new Map(given.map((one) => [`${one.token} ${String(one.incarnation)}`, one.token])).values()], (token) => token)
  return [
    ...lacking.map(({ kind, clusterId }) => ({ invariant: 'contract' as const, message: `a ${kind} of ${clusterId} was answered without a required registry` })),
    ...lives.filter(([, count]) => count > 1).map(() => ({ invariant: 'I6' as const, message: 'one credential was given to two lives of a cluster' })),
  ]
}

const foreignLeftAlone = ({ foreign }: World): ReadonlyArray<Violation> => foreign
  .filter(({ vendor, vendorId }) => !vendor.present().some((object) => object.vendorId === vendorId))
  .map(({ vendorId }) => ({ invariant: 'I2', message: `${vendorId}, which is not ours, was touched` }))

const atMostOne = ({ fleet: { tables } }: Side): ReadonlyArray<Violation> =>
  [...tables.clusters.values()].flatMap(({ clusterId, credentials }) => {
    const doubled = (states: ReadonlyArray<CredentialState>) => {
      const registries = credentials.filter((row) => states.includes(row.state)).map((row) => row.registryId)
      return new Set(registries).size < registries.length
    }
    return doubled(['active']) || doubled(['intended', 'ready']) ? [{ invariant: 'I3' as const, message: `${clusterId} has two rows where one may be` }] : []
  })

/** Generations count the rows of a cluster and registry and never start again; what is revoked has no token any more. */
const rowsAreInOrder = ({ fleet: { tables } }: Side): ReadonlyArray<Violation> => [
  ...countBy([...livingRows(tables), ...tables.revoked.values()], (row) => `generation ${String(row.generation)} at ${row.registryId} of ${row.clusterId}`)
    .filter(([, count]) => count > 1).map(([of]) => ({ invariant: 'contract' as const, message: `${of} was there twice` })),
  ...[...tables.revoked.values()].filter((row) => row.sealedToken !== undefined).map((row) => ({ invariant: 'contract' as const, message: `${row.id} is revoked and keeps its token` })),
]

/** Replaying the change records of a cluster gives the states its rows are in, and every hash covers the one before. */
const auditAgrees = ({ fleet: { tables } }: Side): ReadonlyArray<Violation> => [...tables.clusters.keys()].flatMap((clusterId): ReadonlyArray<Violation> => {
  const states = new Map<string, CredentialState>()
  let hash = chainStart
  for (const entry of tables.audit.get(clusterId) ?? []) {
    hash = createHash('sha256').update(canonicalAuditText(entry.record, entry.sequence, hash)).digest('hex')
    if (hash !== entry.hash) return [{ invariant: 'I4', message: `the audit chain of ${clusterId} is broken at ${String(entry.sequence)}` }]
    const { kind, credentialId, metadata } = entry.record
    if (kind !== 'change' || credentialId === undefined) continue
    const from = states.get(credentialId) ?? 'none'
    const [rule, to] = [metadata['rule'] as CredentialRule, metadata['to'] as CredentialState]
    if (metadata['from'] !== from || !isLegalTransition(rule, from, to)) return [{ invariant: 'I4', message: `${credentialId}: ${rule} cannot lead from ${from} to ${to}` }]
    states.set(credentialId, to)
  }
  const rows = [...livingRows(tables), ...tables.revoked.values()].filter((row) => row.clusterId === clusterId)
  return rows.flatMap((row) => (states.get(row.id) === row.state ? [] : [{ invariant: 'I4' as const, message: `${row.id} is ${row.state}, its audit says ${states.get(row.id) ?? 'nothing'}` }]))
})

/** The same for the cluster itself: its recorded changes, one after the other, lead to the state and the life it is in. */
const clusterAuditAgrees = ({ fleet: { tables } }: Side): ReadonlyArray<Violation> => [...tables.clusters.values()].flatMap(({ clusterId, cluster }): ReadonlyArray<Violation> => {
  let state: ClusterState | 'absent' = 'absent'
  let incarnation = 0
  for (const { record: { kind, credentialId, metadata } } of tables.audit.get(clusterId) ?? []) {
    if (kind !== 'change' || credentialId !== undefined) continue
    const [rule, to] = [metadata['rule'] as ClusterRule, metadata['to'] as ClusterState]
    if (metadata['from'] !== state || !isLegalClusterTransition(rule, state, to)) return [{ invariant: 'I4', message: `${clusterId}: ${rule} cannot lead from ${state} to ${to}` }]
    state = to
    incarnation = Number(metadata['incarnation'])
  }
  return state === (cluster?.state ?? 'absent') && incarnation === (cluster?.incarnation ?? 0)
    ? [] : [{ invariant: 'I4', message: `${clusterId} is ${cluster?.state ?? 'absent'}, its audit says ${state}` }]
})

/** Whatever the tables hold beside what the cipher sealed. */
const nothingStored = ({ fleet: { tables: { clusters, revoked, audit, sharedObjects } } }: Side): ReadonlyArray<Violation> => {
  const stored = [clusters, revoked, audit, sharedObjects].map((table) => JSON.stringify([...table], (key, value: unknown) => (key.startsWith('sealed') ? undefined : value)))
  return stored.some(tellsToken) ? [{ invariant: 'I5', message: 'a token stands unsealed in a table' }] : []
}

/** The last delete answered before a request began, unless a request to recreate had begun since that delete began. */
const deletedBefore = ({ requests }: Callers, clusterId: string, beganAt: number): boolean => {
  const deletes = requests.filter((request) => request.kind === 'delete' && request.clusterId === clusterId && request.endedAt !== undefined && request.endedAt < beganAt
    && (request.answer === 'deleted' || request.answer === 'deleting'))
  const last = deletes.sort((one, other) => one.beganAt - other.beganAt).at(-1)
  if (last === undefined) return false
  return !requests.some((request) => request.kind === 'generate' && request.recreates !== undefined && request.code !== 'CLUSTER_DELETED' && request.clusterId === clusterId && (request.endedAt ?? Infinity) > last.beganAt)
}

/** A delete that is answered as done leaves no vendor that still accepts what was given before it began. What cannot be withdrawn ends by itself. */
export const deletedForCertain = (side: Side, request: Request): ReadonlyArray<Violation> => (request.answer === 'deleted' ? side.callers.given : [])
  .filter((given) => means(request, given) && given.at < request.beganAt)
  .filter((given) => {
    const { knobs, accepts } = vendorOf(side, given.registryId)
    return knobs.lifetimeSeconds === undefined && accepts(given.username, given.token)
  })
  .map((given) => ({ invariant: 'I6', message: `${given.registryId} accepts ${given.username} after the delete of ${given.clusterId} was answered as done` }))

const deletedStaysDeleted = (side: Side): ReadonlyArray<Violation> => {
  const { callers, fleet: { tables } } = side
  const served = callers.requests.filter((request) => request.answer === 'secret' && deletedBefore(callers, request.clusterId, request.beganAt))
  const dead = [...tables.clusters.values()].filter(({ cluster, credentials }) => cluster?.state === 'deleted' && credentials.length === 0).map(({ clusterId }) => clusterId)
  const accepted = callers.given.filter(({ clusterId, registryId, username, token }) => {
    const vendor = vendorOf(side, registryId)
    return dead.includes(clusterId) && vendor.knobs.lifetimeSeconds === undefined && vendor.accepts(username, token)
  })
  return [
    ...served.map((request) => ({ invariant: 'I6' as const, message: `a ${request.kind} of ${request.clusterId} begun after its delete was answered with a pull secret` })),
    ...accepted.map((given) => ({ invariant: 'I6' as const, message: `${given.registryId} accepts ${given.username} of a deleted cluster` })),
  ]
}

/** A deleted id lives again only by a request that named exactly the life that was deleted. */
const livesAreAskedFor = ({ callers: { given, requests } }: Side): ReadonlyArray<Violation> => given
  .filter(({ clusterId, incarnation, at }) => incarnation > 1
    && !requests.some((request) => request.clusterId === clusterId && request.recreates === incarnation - 1 && request.beganAt < at))
  .map(({ clusterId, incarnation }) => ({ invariant: 'I6', message: `life ${String(incarnation)} of ${clusterId} was served, which nobody asked for` }))

/** Who asks for the life after a certain one is given that life and no later one. */
const onlyTheLifeAskedFor = ({ callers: { requests } }: Side): ReadonlyArray<Violation> => requests
  .filter(({ recreates, served }) => recreates !== undefined && served !== undefined && served !== recreates + 1)
  .map(({ clusterId, recreates = 0, served = 0 }) => ({ invariant: 'I6', message: `life ${String(served)} of ${clusterId} was given to who asked for the one after ${String(recreates)}` }))

const everythingFinished = ({ fleet: { tables, registries } }: Side): ReadonlyArray<Violation> => {
  const open = livingRows(tables).filter((row) => row.state !== 'active' || row.lease !== undefined)
  const incomplete = [...tables.clusters.values()].filter(({ cluster, credentials }) =>
    cluster !== undefined && (cluster.state === 'deleting' || (cluster.state === 'live' && (cluster.publishedAt === undefined || credentials.length < registries.length))))
  return [
    ...open.map((row) => ({ invariant: 'I7' as const, message: `${row.registryId} row ${row.id} of ${row.clusterId} stays ${row.state} (${row.problem ?? 'no problem'})` })),
    ...incomplete.map(({ clusterId, cluster }) => ({ invariant: 'I7' as const, message: `${clusterId} stays ${cluster?.state ?? 'absent'} and incomplete` })),
  ]
}

/** Whoever asked a process that still lives got an answer. */
const everythingAnswered = ({ callers: { requests } }: Side): ReadonlyArray<Violation> => requests
  .filter(({ endedAt, replica }) => endedAt === undefined && replica.isAlive())
  .map(({ kind, clusterId, replica }) => ({ invariant: 'bug', message: `${replica.name} never answered a ${kind} of ${clusterId}` }))

/** Everything that must hold once faults have stopped and the service has come to rest, seen from vendors and callers. */
export const violationsOf = (world: World, side: Side): ReadonlyArray<Violation> => [
  ...side.callers.bugs.map((bug) => ({ invariant: 'bug' as const, message: bug instanceof Error ? bug.message : String(bug) })),
  ...noOrphan(world, side), ...nothingBroken(side), ...foreignLeftAlone(world), ...atMostOne(side), ...auditAgrees(side), ...clusterAuditAgrees(side), ...everythingAnswered(side), ...nothingStored(side), ...rowsAreInOrder(side), ...documentsAreWhole(side),
  ...deletedStaysDeleted(side), ...livesAreAskedFor(side), ...onlyTheLifeAskedFor(side), ...everythingFinished(side),
]
