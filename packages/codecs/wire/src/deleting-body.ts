import type { RevocationStatus } from '@pull-secret/domain'
import * as t from 'io-ts'
import { oneOf, timestamp, timestampOf } from './text-codecs.ts'

const revocationBody = t.intersection(
  [
    t.type({ status: oneOf('revoked', 'revoking', 'settling') }),
    t.partial({ settling_until: timestamp, problem: t.string, stuck: t.literal(true) }),
  ],
  'the revocation at a registry',
)

/** What DELETE answers until everything is proved revoked: how far each registry is. */
export const deletingBody = t.type(
  { status: t.literal('deleting'), registries: t.record(t.string, revocationBody) },
  'a deletion in progress',
)

export type DeletingBody = t.TypeOf<typeof deletingBody>

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

export const toDeletingBody = (revocations: ReadonlyArray<RevocationStatus>): DeletingBody => ({
  status: 'deleting',
  registries: Object.fromEntries(
    revocations.map((revocation) => [revocation.registryId, toRevocationBody(revocation)]),
  ),
})
