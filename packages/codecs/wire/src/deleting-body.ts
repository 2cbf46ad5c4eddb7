import { described } from '@pull-secret/decoding'
import type { Deletion } from '@pull-secret/domain'
import * as t from 'io-ts'
import { incarnation } from './number-codecs.ts'
import { revocationsBody, toRevocationsBody } from './revocations-body.ts'

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
      registries: revocationsBody,
    },
    'a deletion in progress',
  ),
  'A deletion in progress. Repeat the request until it is answered with 204; the service goes on in any case.',
  { title: 'Deletion' },
)

export type DeletingBody = t.TypeOf<typeof deletingBody>

type DeletionInProgress = Extract<Deletion, { readonly kind: 'deleting' }>

export const toDeletingBody = ({ incarnation: life, registries }: DeletionInProgress): DeletingBody => ({
  status: 'deleting',
  incarnation: life,
  registries: toRevocationsBody(registries),
})
