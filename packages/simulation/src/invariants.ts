import { accepts, type InMemoryVendor, type LedgerTables } from '@pull-secret/in-memory'
import { canonicalAuditText, chainStart, isLegalTransition, type Credential, type CredentialRule, type CredentialState } from '@pull-secret/domain'
import { createHash } from 'node:crypto'
import type { Callers, GivenCredential } from './callers.ts'
import type { Fleet } from './fleet.ts'

export interface Violation {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'bug'
  readonly message: string
}

const livingRows = (tables: LedgerTables): ReadonlyArray<Credential> => [...tables.clusters.values()].flatMap((ledger) => ledger.credentials)

const credentialIdOf = (vendor: InMemoryVendor, marker: string, vendorName: string): string | undefined =>
  vendor.behaviour.sharedObject ? vendorName.replace('user-', '') : /^hyperfleet-pull-secret\/simulated\/(.*)$/.exec(marker)?.[1]

/** Every object of ours at a vendor has a row that is not revoked. What cannot be withdrawn ends by itself. */
const noOrphan = ({ tables, vendors, clock }: Fleet): ReadonlyArray<Violation> => {
  const known = new Set(livingRows(tables).map((row) => row.id))
  return [...vendors].flatMap(([registryId, vendor]) => [...vendor.credentials.values()]
    .filter((object) => object.expiresAt === undefined || object.expiresAt > clock.now())
    .flatMap((object): ReadonlyArray<Violation> => {
      const id = credentialIdOf(vendor, object.marker, object.vendorName)
      return id === undefined || known.has(id) ? [] : [{ invariant: 'I1', message: `${registryId} holds ${object.vendorName}, which no row accounts for` }]
    }))
}

/** A delete that was under way when the credential was given, or began later, or of which nobody knows whether it is still to happen, may have meant it. */
const mayHaveBeenDeleted = ({ requests }: Callers, given: GivenCredential): boolean =>
  requests.some((request) => request.kind === 'delete' && request.clusterId === given.clusterId && (request.endedAt === undefined || request.answer === 'unknown' || request.endedAt > given.at))

/** May be asked at any moment, and must hold at every one: a token that is mended later was broken all the same. */
export const nothingBroken = (callers: Callers, { vendors, clock }: Fleet): ReadonlyArray<Violation> =>
  callers.given.flatMap((given): ReadonlyArray<Violation> => {
    const vendor = vendors.get(given.registryId)
    if (vendor === undefined || vendor.behaviour.lifetimeSeconds !== undefined || mayHaveBeenDeleted(callers, given)) return []
    return accepts(vendor, given.username, given.token, clock.now()) ? [] : [{ invariant: 'I2', message: `${given.registryId} refuses ${given.username}, which was given and never deleted` }]
  })

const foreignLeftAlone = ({ vendors }: Fleet, foreign: ReadonlySet<string>): ReadonlyArray<Violation> =>
  [...foreign].flatMap((id) => ([...vendors.values()].some((vendor) => vendor.credentials.has(id)) ? [] : [{ invariant: 'I2' as const, message: `${id}, which is not ours, was touched` }]))

const atMostOne = ({ tables }: Fleet): ReadonlyArray<Violation> =>
  [...tables.clusters.values()].flatMap(({ clusterId, credentials }) => {
    const doubled = (states: ReadonlyArray<CredentialState>) => {
      const registries = credentials.filter((row) => states.includes(row.state)).map((row) => row.registryId)
      return new Set(registries).size < registries.length
    }
    return doubled(['active']) || doubled(['intended', 'ready']) ? [{ invariant: 'I3' as const, message: `${clusterId} has two rows where one may be` }] : []
  })

/** Replaying the change records of a cluster gives the states its rows are in, and every hash covers the one before. */
const auditAgrees = ({ tables }: Fleet): ReadonlyArray<Violation> => [...tables.clusters.keys()].flatMap((clusterId): ReadonlyArray<Violation> => {
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

const nothingTold = (callers: Callers, { tables }: Fleet): ReadonlyArray<Violation> => {
  const told = JSON.stringify([...tables.audit.values()])
  return callers.given.some((given) => told.includes(given.token)) ? [{ invariant: 'I5', message: 'a token stands in the audit' }] : []
}

/** The last delete answered before a request began, unless a request to recreate had begun since that delete began. */
const deletedBefore = ({ requests }: Callers, clusterId: string, beganAt: number): boolean => {
  const deletes = requests.filter((request) => request.kind === 'delete' && request.clusterId === clusterId && request.endedAt !== undefined && request.endedAt < beganAt
    && (request.answer === 'deleted' || request.answer === 'deleting'))
  const last = deletes.sort((one, other) => one.beganAt - other.beganAt).at(-1)
  if (last === undefined) return false
  return !requests.some((request) => request.kind === 'generate' && request.recreates && request.clusterId === clusterId && (request.endedAt ?? Infinity) > last.beganAt)
}

const deletedStaysDeleted = (callers: Callers, { tables, vendors }: Fleet): ReadonlyArray<Violation> => {
  const served = callers.requests.filter((request) => request.answer === 'secret' && deletedBefore(callers, request.clusterId, request.beganAt))
  const dead = [...tables.clusters.values()].filter(({ cluster, credentials }) => cluster?.state === 'deleted' && credentials.length === 0).map(({ clusterId }) => clusterId)
  const accepted = callers.given.filter(({ clusterId, registryId, username, token }) => {
    const vendor = vendors.get(registryId)
    return dead.includes(clusterId) && vendor !== undefined && vendor.behaviour.lifetimeSeconds === undefined && accepts(vendor, username, token, 0)
  })
  return [
    ...served.map((request) => ({ invariant: 'I6' as const, message: `a ${request.kind} of ${request.clusterId} begun after its delete was answered with a pull secret` })),
    ...accepted.map((given) => ({ invariant: 'I6' as const, message: `${given.registryId} accepts ${given.username} of a deleted cluster` })),
  ]
}

const everythingFinished = ({ tables }: Fleet, plans: ReadonlyArray<{ readonly id: string }>): ReadonlyArray<Violation> => {
  const open = livingRows(tables).filter((row) => row.state !== 'active' || row.lease !== undefined)
  const incomplete = [...tables.clusters.values()].filter(({ cluster, credentials }) =>
    cluster !== undefined && (cluster.state === 'deleting' || (cluster.state === 'live' && (cluster.publishedAt === undefined || credentials.length < plans.length))))
  return [
    ...open.map((row) => ({ invariant: 'I7' as const, message: `${row.registryId} row ${row.id} of ${row.clusterId} stays ${row.state} (${row.problem ?? 'no problem'})` })),
    ...incomplete.map(({ clusterId, cluster }) => ({ invariant: 'I7' as const, message: `${clusterId} stays ${cluster?.state ?? 'absent'} and incomplete` })),
  ]
}

/** Everything that must hold once faults have stopped and the service has come to rest, seen from vendors and callers. */
export const violationsOf = (fleet: Fleet, callers: Callers, plans: ReadonlyArray<{ readonly id: string }>, foreign: ReadonlySet<string>): ReadonlyArray<Violation> => [
  ...callers.bugs.map((bug) => ({ invariant: 'bug' as const, message: bug instanceof Error ? bug.message : String(bug) })),
  ...noOrphan(fleet), ...nothingBroken(callers, fleet), ...foreignLeftAlone(fleet, foreign), ...atMostOne(fleet), ...auditAgrees(fleet), ...nothingTold(callers, fleet),
  ...deletedStaysDeleted(callers, fleet), ...everythingFinished(fleet, plans),
]
