import { epochMilliseconds } from './moment.ts'

/** A credential as the domain knows it, absent fields left out. Times are whole milliseconds. */
export const credentialJson = (row: string): string => `
  json_strip_nulls(json_build_object(
    'id', ${row}.id, 'clusterId', ${row}.cluster_id, 'incarnation', ${row}.incarnation, 'registryId', ${row}.registry_id, 'generation', ${row}.generation,
    'scope', ${row}.scope, 'vendorName', ${row}.vendor_name, 'vendorId', ${row}.vendor_id, 'state', ${row}.state, 'fence', ${row}.fence,
    'lease', case when ${row}.lease_attempt is not null then json_build_object(
      'attemptId', ${row}.lease_attempt, 'takenAt', ${epochMilliseconds(`${row}.lease_taken_at`)}, 'expiresAt', ${epochMilliseconds(`${row}.lease_expires_at`)}) end,
    'attempts', ${row}.attempts, 'outcome', ${row}.outcome, 'settlesAt', ${epochMilliseconds(`${row}.settles_at`)}, 'nextAttemptAt', ${epochMilliseconds(`${row}.next_attempt_at`)},
    'revocations', ${row}.revocations, 'problem', ${row}.problem, 'stuckSince', ${epochMilliseconds(`${row}.stuck_since`)},
    'username', ${row}.username, 'sealedToken', ${row}.token, 'expiresAt', ${epochMilliseconds(`${row}.expires_at`)}, 'refreshAfter', ${epochMilliseconds(`${row}.refresh_after`)},
    'proof', ${row}.proof, 'createdAt', ${epochMilliseconds(`${row}.created_at`)}, 'activatedAt', ${epochMilliseconds(`${row}.activated_at`)}, 'revokedAt', ${epochMilliseconds(`${row}.revoked_at`)}))`

/** A cluster as the domain knows it, absent fields left out. */
export const clusterJson = (row: string): string => `
  json_strip_nulls(json_build_object(
    'id', ${row}.id, 'state', ${row}.state, 'incarnation', ${row}.incarnation, 'externalId', ${row}.external_id, 'cloudProvider', ${row}.cloud_provider,
    'region', ${row}.region, 'wantsAllRegistries', ${row}.wants_all_registries, 'wantedRegistries', ${row}.wanted_registries,
    'sealedFingerprintKey', ${row}.sealed_fingerprint_key, 'publishedAt', ${epochMilliseconds(`${row}.published_at`)}, 'nextAttemptAt', ${epochMilliseconds(`${row}.next_attempt_at`)},
    'createdAt', ${epochMilliseconds(`${row}.created_at`)}, 'createdBy', ${row}.created_by))`
