import type { Deletion as SdkDeletion, PullSecret } from '@pull-secret/sdk'
import type { PullSecretBody } from '@pull-secret/wire'
import type { Deletion } from './operations.ts'

const timestampOrNull = (date: Date | undefined): string | null => (date === undefined ? null : date.toISOString())

/** A pull secret in the words of the HTTP API, which programs read with `-o json`. */
export const pullSecretBodyOf = (secret: PullSecret): PullSecretBody => ({
  cluster_id: secret.clusterId,
  pull_secret: { auths: { ...secret.document.auths } },
  dockerconfigjson: secret.dockerConfigJson,
  fingerprint: secret.fingerprint,
  fingerprint_key: secret.fingerprintKey,
  created_at: secret.createdAt.toISOString(),
  expires_at: timestampOrNull(secret.expiresAt),
  refresh_after: timestampOrNull(secret.refreshAfter),
  ...(secret.incarnation === undefined ? {} : { incarnation: secret.incarnation }),
  credentials: secret.credentials.map((credential) => ({
    registry_id: credential.registryId,
    username: credential.username,
    created_at: credential.createdAt.toISOString(),
    expires_at: timestampOrNull(credential.expiresAt),
    generation: credential.generation,
  })),
  registries: secret.registries.map(({ registryId, required, status, problem }) => ({
    registry_id: registryId,
    required,
    status,
    ...(problem === undefined ? {} : { problem }),
  })),
})

export const deletionBodyOf = (deletion: SdkDeletion): Deletion =>
  deletion.status === 'deleted'
    ? { status: 'deleted' }
    : {
        status: 'deleting',
        registries: Object.fromEntries(
          Object.entries(deletion.registries).map(([registryId, { status, settlingUntil, problem, stuck }]) => [
            registryId,
            {
              status,
              ...(settlingUntil === undefined ? {} : { settling_until: settlingUntil.toISOString() }),
              ...(problem === undefined ? {} : { problem }),
              ...(stuck ? { stuck: true as const } : {}),
            },
          ]),
        ),
      }
