import type { BanBody, DeletingBody, PullSecretBody, RevocationsBody } from '@pull-secret/wire'
import { dateOf, dateOrAbsent } from './dates.ts'
import type { Ban } from './operator.ts'
import type { PullSecret, RotationSummary } from './pull-secret.ts'
import type { DeletionResult, Revocation } from './pull-secrets.ts'

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

const revocationsOf = (bodies: RevocationsBody): Readonly<Record<string, Revocation>> =>
  Object.fromEntries(
    Object.entries(bodies).map(([registryId, { status, settling_until: settlingUntil, problem, stuck = false }]) => [
      registryId,
      { status, settlingUntil: dateOrAbsent(settlingUntil), problem, stuck },
    ]),
  )

/** No body: everything is proved revoked. */
export const deletionOf = (body: DeletingBody | undefined): DeletionResult =>
  body === undefined
    ? { status: 'deleted' }
    : {
        status: 'deleting',
        incarnation: body.incarnation,
        registries: revocationsOf(body.registries),
      }

export const banOf = (body: BanBody): Ban => ({
  clusterId: body.cluster_id,
  banned: body.banned,
  reason: body.reason ?? undefined,
  bannedBy: body.banned_by ?? undefined,
  bannedAt: dateOrAbsent(body.banned_at),
  revoked: body.revoked ?? undefined,
  registries: revocationsOf(body.registries),
})
