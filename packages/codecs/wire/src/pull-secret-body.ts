import { described, oneOf } from '@pull-secret/decoding'
import type { CredentialSummary, PullSecret, RegistryStatus } from '@pull-secret/domain'
import * as t from 'io-ts'
import { count } from './number-codecs.ts'
import {
  fingerprint,
  nullable,
  problemWord,
  registryIdOfAnswer,
  text,
  timestamp,
  timestampOf,
  timestampOrNull,
} from './text-codecs.ts'

const exampleAuths = { 'quay.io': { auth: 'YWNtZStoeXBlcmZsZWV0X2djcDpzeW50aGV0aWMtMQ==' } }

const authEntry = described(
  t.intersection(
    [
      t.type({ auth: text('User name and token, joined by a colon, in base64.', exampleAuths['quay.io'].auth) }),
      t.partial({ email: text('Where the deployment configures one.', 'pulls@example.com') }),
    ],
    'an entry of a pull secret',
  ),
  'The credential for one host.',
  { title: 'PullSecretEntry' },
)

const registryBody = described(
  t.intersection(
    [
      t.type({
        registry_id: registryIdOfAnswer,
        required: described(t.boolean, 'Whether there is no document without it.'),
        status: described(
          oneOf('active', 'pending', 'failing'),
          'Whether the document has its credential, will have it, or cannot have it for now.',
        ),
      }),
      t.partial({ problem: problemWord }),
    ],
    'the state of a registry',
  ),
  'How far the credential of one registry is.',
  { title: 'RegistryStatus', example: { registry_id: 'quay', required: true, status: 'active' } },
)

export type RegistryStatusBody = t.TypeOf<typeof registryBody>

const credentialBody = described(
  t.type(
    {
      registry_id: registryIdOfAnswer,
      username: text('User name at the registry.', 'acme+hyperfleet_gcp_useast1_abc123'),
      created_at: described(timestamp, 'When it was created at the registry.'),
      expires_at: described(nullable(timestamp), 'When it ends at the registry, or null.', { example: null }),
      generation: count('How many credentials the cluster has had at this registry, this one included.', 1),
    },
    'a credential',
  ),
  'A credential without its token.',
  { title: 'Credential' },
)

const rotationBody = described(
  t.type(
    {
      rotation_id: text('Id of the rotation.', 'rot-7b0f6f0e'),
      status: text('How far it is.', 'in_progress'),
      phase: text('What it does or waits for.', 'dual_credential_period'),
    },
    'a rotation',
  ),
  'A rotation in brief.',
  { title: 'RotationSummary' },
)

/** A pull secret as POST and GET answer it. Clients pass over fields that they do not know. */
export const pullSecretBody = described(
  t.intersection(
    [
      t.type({
        cluster_id: text('The cluster.', 'cls-abc123def456'),
        pull_secret: described(
          t.type({
            auths: described(t.record(t.string, authEntry), 'The entries by host.', { example: exampleAuths }),
          }),
          'The document as JSON.',
          { title: 'PullSecretDocument' },
        ),
        dockerconfigjson: text(
          'The document as text. These are the bytes to write under `.dockerconfigjson`.',
          JSON.stringify({ auths: exampleAuths }),
        ),
        dockerconfigjson_base64: text(
          'The same bytes in base64, as `data` of a Secret holds them.',
          Buffer.from(JSON.stringify({ auths: exampleAuths })).toString('base64'),
        ),
        fingerprint: described(fingerprint, 'HMAC-SHA-256 of `dockerconfigjson` under `fingerprint_key`.'),
        fingerprint_key: text(
          'Key of the fingerprints of this cluster, as text; stays the same while credentials change.',
          '-Synthetic_key-for-this-page-00000000000000',
        ),
        created_at: described(timestamp, 'When the document was first published.'),
        expires_at: described(nullable(timestamp), 'When the first of its credentials ends at its registry, or null.', {
          example: null,
        }),
        refresh_after: described(nullable(timestamp), 'When to fetch a newer document, or null.', { example: null }),
        last_rotated_at: described(nullable(timestamp), 'Null as long as there are no rotations.', { example: null }),
        rotation: described(nullable(rotationBody), 'The rotation that is under way, or null.', { example: null }),
      }),
      t.partial({
        credentials: described(t.array(credentialBody), 'From GET only with `include_metadata`.'),
        registries: described(t.array(registryBody), 'From GET only with `include_metadata`.'),
        incarnation: count(
          'Which life of the cluster id it is: 1, and one more after each recreation. Only from GET.',
          1,
        ),
      }),
    ],
    'a pull secret',
  ),
  'The pull secret of a cluster. Ignore fields that you do not know.',
  { title: 'PullSecret' },
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
  dockerconfigjson_base64: Buffer.from(served.text).toString('base64'),
  fingerprint: served.fingerprint,
  fingerprint_key: served.fingerprintKey.reveal(),
  created_at: timestampOf(served.createdAt),
  expires_at: timestampOrNull(served.expiresAt),
  refresh_after: timestampOrNull(served.refreshAfter),
  last_rotated_at: null,
  rotation: null,
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
  ...(includeMetadata ? metadataFields(served) : {}),
})
