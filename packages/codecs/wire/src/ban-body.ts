import { described, exactly, textMatching } from '@pull-secret/decoding'
import type { BanReport } from '@pull-secret/domain'
import * as t from 'io-ts'
import { revocationsBody, toRevocationsBody } from './revocations-body.ts'
import { nullable, text, timestamp, timestampOrNull } from './text-codecs.ts'

const banReason = described(
  textMatching(
    'the reason of a ban',
    /^[!-~\u00a1-\u1fff\u2c00-\ud7ff\uf900-\ufdff][ -~\u00a1-\u1fff\u2010-\u2027\u2c00-\ud7ff\uf900-\ufdff]{0,499}$/,
    'must be 1 to 500 letters, digits, marks and spaces on one line, and must not begin with a space',
  ),
  'Why, for people. It is shown to whoever asks for the pull secret of the cluster, and kept in the audit.',
  { example: 'credentials found in a public build log' },
)

/** The body of PUT on a cluster's ban. */
export const banRequest = described(
  exactly('the body of a ban request', { reason: banReason }, {}),
  'Why the cluster is banned.',
  { title: 'BanRequest', example: { reason: 'credentials found in a public build log' } },
)

export const banBody = described(
  t.type(
    {
      cluster_id: text('The cluster.', 'cls-abc123def456'),
      banned: described(t.boolean, 'Whether nobody is given a pull secret for it.'),
      reason: described(nullable(t.string), 'As the first who banned it said; null where it is not banned.', {
        example: 'credentials found in a public build log',
      }),
      banned_by: described(nullable(t.string), 'Who banned it, or null.', { example: 'sre' }),
      banned_at: described(nullable(timestamp), 'When, or null.'),
      revoked: described(
        nullable(t.boolean),
        'Whether nothing of a banned cluster is left to be revoked; null where it is not banned.',
        { example: true },
      ),
      registries: revocationsBody,
    },
    'a ban',
  ),
  'Whether a cluster is banned, and how far the revocation of what it had is.',
  { title: 'Ban' },
)

export type BanBody = t.TypeOf<typeof banBody>

export const toBanBody = ({ clusterId, ban, revocations }: BanReport): BanBody => ({
  cluster_id: clusterId,
  banned: ban !== undefined,
  reason: ban?.reason ?? null,
  banned_by: ban?.bannedBy ?? null,
  banned_at: timestampOrNull(ban?.bannedAt),
  revoked: ban === undefined ? null : revocations.every(({ status }) => status === 'revoked'),
  registries: toRevocationsBody(revocations),
})
