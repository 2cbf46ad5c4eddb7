import type { DeletingBody, PullSecretBody } from '@pull-secret/wire'
import { dateOf, dateOrAbsent } from './dates.ts'
import type { PullSecret, RotationSummary } from './pull-secret.ts'
import type { DeletionResult } from './pull-secrets.ts'

const rotationOf = (rotation: PullSecretBody['rotation']): RotationSummary | undefined =>
  rotation === null ? undefined : { rotationId: rotation.rotation_id, status: rotation.status, phase: rotation.phase }

export const pullSecretOf = (body: PullSecretBody, etag?: string): PullSecret => ({
  clusterId: body.cluster_id,
  document: body.pull_secret,
  dockerConfigJson: body.dockerconfigjson,
  dockerConfigJsonBase64: body.dockerconfigjson_base64,
  fingerprint: body.fingerprint,
  fingerprintKey: body.fingerprint_key,
  createdAt: dateOf(body.created_at),
  expiresAt: dateOrAbsent(body.expires_at),
  refreshAfter: dateOrAbsent(body.refresh_after),
  lastRotatedAt: dateOrAbsent(body.last_rotated_at),
  rotation: rotationOf(body.rotation),
  registries: (body.registries ?? []).map(({ registry_id: registryId, required, status, problem }) => ({
    registryId,
    required,
    status,
    problem,
  })),
  credentials: (body.credentials ?? []).map(
    ({ registry_id: registryId, username, generation, created_at: createdAt, expires_at: expiresAt }) => ({
      registryId,
      username,
      generation,
      createdAt: dateOf(createdAt),
      expiresAt: dateOrAbsent(expiresAt),
    }),
  ),
  incarnation: body.incarnation,
  etag,
})

/** No body: everything is proved revoked. */
export const deletionOf = (body: DeletingBody | undefined): DeletionResult =>
  body === undefined
    ? { status: 'deleted' }
    : {
        status: 'deleting',
        incarnation: body.incarnation,
        registries: Object.fromEntries(
          Object.entries(body.registries).map(
            ([registryId, { status, settling_until: settlingUntil, problem, stuck = false }]) => [
              registryId,
              { status, settlingUntil: dateOrAbsent(settlingUntil), problem, stuck },
            ],
          ),
        ),
      }
