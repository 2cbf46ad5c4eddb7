import { at, type ProtocolMutant } from '../protocol-mutant.ts'

const ledger = at('packages/adapters/in-memory/src/in-memory-ledger.ts')
const vendor = at('packages/adapters/in-memory/src/in-memory-registry-client.ts')
const played = at('packages/proofs/simulation/src/simulated-ledger.ts')
const writer = at('packages/proofs/simulation/src/vendors/shared-writer.ts')
const adapter = at('packages/proofs/simulation/src/vendors/imaginary-adapter.ts')

/** Faults in what the simulation plays with: the in-memory ledger and vendor, and the adapter of imaginary vendors. */
// prettier-ignore
export const doubleFaults: ReadonlyArray<ProtocolMutant> = [
  ledger('recording asks for no fence', 'row.fence === lease.fence && row.lease?.attemptId === lease.attemptId', 'true'),
  ledger('recording asks for no attempt', 'row.fence === lease.fence && row.lease?.attemptId === lease.attemptId', 'row.fence === lease.fence'),
  ledger('a shared file loses rows that are not published yet', "row.state !== 'revoking' && row.attempts > 0", "row.state === 'active'"),
  vendor('an object without our marker is taken over', "if (existing?.marker !== request.marker || vendor", 'if (existing === undefined || vendor'),
  vendor('an object is deleted by its name alone', 'credential.marker === request.marker)', 'credential.vendorName === request.vendorName)'),
  vendor('a shared file is written by whoever comes last', 'request.shared === undefined || request.shared.fence < vendor.sharedFence', 'request.shared === undefined'),
  vendor('two rows share a name', 'entropy.slice(0, 16)', "''"),
  played('a connection that ends in the middle of a commit counts as a commit that was not made', 'terminated: unsure,', 'terminated: left(unavailable),'),
  writer('a write of unknown end is followed by another under its lease', "isOver && failure?.kind !== 'unknown'", 'isOver'),
  writer('writes under one lease do not take turns', 'ended.then((isOver) => (isOver ? writeShared(request, shared) : notWritten))', 'writeShared(request, shared)'),
  adapter('a listing that ended early is taken as complete', 'listed.isComplete && listed.showsControl ? { kind: \'absent\'', 'listed.showsControl ? { kind: \'absent\''),
  adapter('a listing that shows not even the control is taken as complete', 'listed.isComplete && listed.showsControl ? { kind: \'absent\'', 'listed.isComplete ? { kind: \'absent\''),
  adapter('not found needs no control read', 'for (const look of [control, () => requests.read(request.vendorName, request.terms), control]) {', 'for (const look of [() => requests.read(request.vendorName, request.terms)]) {'),
  adapter('grants of an earlier attempt are not proved again', '? grantAll(found.object, request) : { kind: \'name_burnt\' }', '? createdFrom(found.object) : { kind: \'name_burnt\' }'),
  adapter('an object found under the name is deleted, whoever made it', 'return found.object.marker === request.marker ? removeAll(', 'return found.object.vendorName !== \'\' ? removeAll('),
  adapter('only one object with a marker is deleted', 'if (ours.length > 0) return removeAll(ours, request)', 'if (ours.length > 1) return { kind: \'absent\', evidence: \'listing\' }\n    if (ours.length > 0) return removeAll(ours, request)'),
]
