import { described, oneOf } from '@pull-secret/decoding'
import type { RevocationStatus } from '@pull-secret/domain'
import * as t from 'io-ts'
import { problemWord, timestamp, timestampOf } from './text-codecs.ts'

const revocationBody = described(
  t.intersection(
    [
      t.type({
        status: described(
          oneOf('revoked', 'revoking', 'settling'),
          'Proved revoked, still being revoked, or deleted and waiting until the registry can prove it.',
        ),
      }),
      t.partial({
        settling_until: described(timestamp, 'When `settling` ends.'),
        problem: problemWord,
        stuck: described(t.literal(true), 'An operator has to look at it.'),
      }),
    ],
    'the revocation at a registry',
  ),
  'How far the revocation at one registry is.',
  { title: 'Revocation' },
)

/** How far each registry is. */
export const revocationsBody = described(
  t.record(t.string, revocationBody),
  'The revocation at each registry, by registry id.',
  { example: { quay: { status: 'revoked' }, rhit: { status: 'revoking', problem: 'timeout' } } },
)

export type RevocationsBody = t.TypeOf<typeof revocationsBody>

const toRevocationBody = ({
  status,
  settlesAt,
  problem,
  stuck,
}: RevocationStatus): t.TypeOf<typeof revocationBody> => ({
  status,
  ...(status === 'settling' && settlesAt !== undefined ? { settling_until: timestampOf(settlesAt) } : {}),
  ...(problem === undefined ? {} : { problem }),
  ...(stuck ? { stuck } : {}),
})

export const toRevocationsBody = (revocations: ReadonlyArray<RevocationStatus>): RevocationsBody =>
  Object.fromEntries(revocations.map((revocation) => [revocation.registryId, toRevocationBody(revocation)]))
