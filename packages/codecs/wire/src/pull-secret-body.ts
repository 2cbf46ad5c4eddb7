import type { CredentialSummary, PullSecret, RegistryStatus } from '@pull-secret/domain'
import * as t from 'io-ts'
import { fingerprint, nullable, oneOf, timestamp, timestampOf, timestampOrNull } from './text-codecs.ts'

const authEntry = t.intersection(
  [t.type({ auth: t.string }), t.partial({ email: t.string })],
  'an entry of a pull secret',
)

const registryBody = t.intersection(
  [
    t.type({ registry_id: t.string, required: t.boolean, status: oneOf('active', 'pending', 'failing') }),
    t.partial({ problem: t.string }),
  ],
  'the state of a registry',
)

export type RegistryStatusBody = t.TypeOf<typeof registryBody>

const credentialBody = t.type(
  {
    registry_id: t.string,
    username: t.string,
    created_at: timestamp,
    expires_at: nullable(timestamp),
    generation: t.number,
  },
  'a credential',
)

/** A pull secret as POST and GET answer it. Clients pass over fields that they do not know. */
export const pullSecretBody = t.intersection(
  [
    t.type({
      cluster_id: t.string,
      pull_secret: t.type({ auths: t.record(t.string, authEntry) }),
      dockerconfigjson: t.string,
      fingerprint,
      fingerprint_key: t.string,
      created_at: timestamp,
      expires_at: nullable(timestamp),
      refresh_after: nullable(timestamp),
    }),
    t.partial({
      credentials: t.array(credentialBody),
      registries: t.array(registryBody),
      incarnation: t.number,
      last_rotated_at: nullable(timestamp),
    }),
  ],
  'a pull secret',
)

export type PullSecretBody = t.TypeOf<typeof pullSecretBody>

const toCredentialBody = (credential: CredentialSummary): t.TypeOf<typeof credentialBody> => ({
  registry_id: credential.registryId,
  username: credential.username,
  created_at: timestampOf(credential.createdAt),
  expires_at: timestampOrNull(credential.expiresAt),
  generation: credential.generation,
})

export const toRegistryStatusBody = ({
  registryId,
  required,
  status,
  problem,
}: RegistryStatus): RegistryStatusBody => ({
  registry_id: registryId,
  required,
  status,
  ...(problem === undefined ? {} : { problem }),
})

const documentFields = (served: PullSecret): PullSecretBody => ({
  cluster_id: served.clusterId,
  pull_secret: { auths: served.document.auths },
  dockerconfigjson: served.text,
  fingerprint: served.fingerprint,
  fingerprint_key: served.fingerprintKey.reveal(),
  created_at: timestampOf(served.createdAt),
  expires_at: timestampOrNull(served.expiresAt),
  refresh_after: timestampOrNull(served.refreshAfter),
})

const metadataFields = ({
  credentials,
  registries,
}: PullSecret): Pick<PullSecretBody, 'credentials' | 'registries'> => ({
  credentials: credentials.map(toCredentialBody),
  registries: registries.map(toRegistryStatusBody),
})

/** What POST answers: always with the metadata. */
export const toGeneratedBody = (served: PullSecret): PullSecretBody => ({
  ...documentFields(served),
  ...metadataFields(served),
})

/** What GET answers: with the metadata only when asked. */
export const toRetrievedBody = (
  served: PullSecret,
  { includeMetadata }: { readonly includeMetadata: boolean },
): PullSecretBody => ({
  ...documentFields(served),
  incarnation: served.incarnation,
  last_rotated_at: null,
  ...(includeMetadata ? metadataFields(served) : {}),
})
