import type { AuditVerification } from '../operations/verify-audit.ts'
import { table } from './table.ts'
import type { View } from './view.ts'

type Rule = AuditVerification['breaks'][number]['rule']

const meanings: Readonly<Record<Rule, string>> = {
  gap: 'the sequence does not go on here: records were removed, inserted or renumbered',
  hash: 'the hash does not match: this record, or the one before, was altered',
  other_cluster: 'the record tells of another cluster: the chain was renamed',
  head_ahead: 'the head counts records that are not there: the newest were removed',
  head_behind: 'the head counts fewer records than there are: records were added, or the head was set back',
  head_differs: 'the head has another hash than the newest record',
  head_missing: 'the head of the chain was removed',
}

const limits =
  'This does not show a cut of the newest records together with their head, a chain removed whole, or\n' +
  'hashes that an owner of the database computed anew.\n'

const summary = ({ chains, records, brokenChains }: AuditVerification): string =>
  `${String(brokenChains)} of ${String(chains)} chains broken, ${String(records)} records in order.\n`

export const presentAudit = (verification: AuditVerification): View => {
  const { chains, records, brokenChains, breaks } = verification
  const more = brokenChains - breaks.length
  return {
    text: [
      breaks.length === 0
        ? ''
        : table(
            ['CHAIN', 'SEQUENCE', 'RULE', 'MEANING'],
            breaks.map(({ chain, sequence, rule }) => [chain, String(sequence), rule, meanings[rule]]),
          ),
      more > 0 ? `… and ${String(more)} more\n` : '',
      summary(verification),
      limits,
    ].join(''),
    data: {
      chains,
      records,
      broken_chains: brokenChains,
      breaks: breaks.map(({ chain, sequence, rule }) => ({ chain, sequence, rule })),
    },
  }
}
