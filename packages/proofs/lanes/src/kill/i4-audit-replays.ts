import { createHash } from 'node:crypto'
import { canonicalAuditText, chainStart } from '@pull-secret/domain'
import type { AuditFact, Facts, Invariant } from './facts.ts'

const inOrder = (records: ReadonlyArray<AuditFact>): ReadonlyArray<AuditFact> =>
  [...records].sort((one, other) => one.sequence - other.sequence)

const hashBreaks = (chain: string, records: ReadonlyArray<AuditFact>, { chains }: Facts): ReadonlyArray<string> => {
  const head = chains.find((known) => known.chain === chain)
  const previous = (index: number): string => records[index - 1]?.hash ?? chainStart
  const isSound = ({ record, sequence, hash }: AuditFact, index: number): boolean =>
    sequence === index + 1 &&
    hash ===
      createHash('sha256')
        .update(canonicalAuditText(record, sequence, previous(index)))
        .digest('hex')
  const firstBroken = records.find((record, index) => !isSound(record, index))
  if (firstBroken !== undefined) return [`the chain of ${chain} breaks at ${firstBroken.sequence}`]
  return head?.count === records.length && head.head === (records.at(-1)?.hash ?? chainStart)
    ? []
    : [`the chain of ${chain} is not as long as its head says`]
}

/** Plays the changes of one object; the complaint, or the state that they lead to. */
const played = (
  records: ReadonlyArray<AuditFact>,
  start: string,
): { readonly state: string } | { readonly gap: string } => {
  let state = start
  for (const { record } of records) {
    const { from, to } = record.metadata
    if (from !== state) return { gap: `a change from ${String(from)} is recorded where it was ${state}` }
    state = String(to)
  }
  return { state }
}

const replayBreak = (
  what: string,
  records: ReadonlyArray<AuditFact>,
  start: string,
  present: string | undefined,
): ReadonlyArray<string> => {
  const result = played(records, start)
  if ('gap' in result) return [`${what}: ${result.gap}`]
  return result.state === (present ?? start)
    ? []
    : [`${what}: the records lead to ${result.state} and it is ${present ?? 'not there'}`]
}

const groupBy = (
  records: ReadonlyArray<AuditFact>,
  keyOf: (fact: AuditFact) => string,
): ReadonlyMap<string, ReadonlyArray<AuditFact>> => Map.groupBy(records, keyOf)

export const auditReplays: Invariant = {
  name: 'I4 each state change has exactly one audit record, and the chains verify',
  broken: (facts) => {
    const { audit, credentials, clusters } = facts
    const chains = groupBy(audit, ({ chain }) => chain)
    const changes = inOrder(audit.filter(({ record }) => record.kind === 'change'))
    const ofCredentials = groupBy(
      changes.filter(({ record }) => record.credentialId !== undefined),
      ({ record }) => record.credentialId ?? '',
    )
    const ofClusters = groupBy(
      changes.filter(({ record }) => record.credentialId === undefined),
      ({ record }) => record.clusterId ?? '',
    )
    const credentialIds = new Set([...credentials.map(({ id }) => id), ...ofCredentials.keys()])
    const clusterIds = new Set([...clusters.map(({ id }) => id), ...ofClusters.keys()])
    return [
      ...[...chains].flatMap(([chain, records]) => hashBreaks(chain, inOrder(records), facts)),
      ...facts.chains
        .filter(({ chain, count }) => count > 0 && !chains.has(chain))
        .map(({ chain }) => `the chain of ${chain} has lost its records`),
      ...[...credentialIds].flatMap((id) =>
        replayBreak(
          `credential ${id}`,
          ofCredentials.get(id) ?? [],
          'none',
          credentials.find((row) => row.id === id)?.state,
        ),
      ),
      ...[...clusterIds].flatMap((id) =>
        replayBreak(
          `cluster ${id}`,
          ofClusters.get(id) ?? [],
          'absent',
          clusters.find((cluster) => cluster.id === id)?.state,
        ),
      ),
    ]
  },
}
