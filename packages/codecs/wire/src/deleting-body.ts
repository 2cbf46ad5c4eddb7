import { described, oneOf } from '@pull-secret/decoding'
import type { Deletion, RevocationStatus } from '@pull-secret/domain'
import * as t from 'io-ts'
import { incarnation } from './number-codecs.ts'
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

/** What DELETE answers until everything is proved revoked: how far each registry is. */
export const deletingBody = described(
  t.type(
    {
      status: described(t.literal('deleting'), 'Not everything is proved revoked yet.'),
      incarnation: described(
        incarnation,
        'Which life is being deleted. Name it when you repeat the request: it must not meet a later one.',
        { example: 1 },
      ),
      registries: described(t.record(t.string, revocationBody), 'The revocation at each registry, by registry id.', {
        example: { quay: { status: 'revoked' }, rhit: { status: 'revoking', problem: 'timeout' } },
      }),
    },
    'a deletion in progress',
  ),
  'A deletion in progress. Repeat the request until it is answered with 204; the service goes on in any case.',
  { title: 'Deletion' },
)

export type DeletingBody = t.TypeOf<typeof deletingBody>

type DeletionInProgress = Extract<Deletion, { readonly kind: 'deleting' }>

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

export const toDeletingBody = ({ incarnation: life, registries }: DeletionInProgress): DeletingBody => ({
  status: 'deleting',
  incarnation: life,
  registries: Object.fromEntries(registries.map((revocation) => [revocation.registryId, toRevocationBody(revocation)])),
})
