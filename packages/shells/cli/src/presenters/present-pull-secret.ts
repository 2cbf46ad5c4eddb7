import type { PullSecretBody } from '@pull-secret/wire'
import { pairs, table } from './table.ts'
import type { View } from './view.ts'

/** Listed one by one: a new field of the answer is not printed before somebody has checked that it is not a secret. */
const metadataOf = ({
  cluster_id,
  incarnation,
  fingerprint,
  created_at,
  expires_at,
  refresh_after,
  last_rotated_at,
  rotation,
  credentials,
  registries,
}: PullSecretBody): Partial<PullSecretBody> => ({
  cluster_id,
  incarnation,
  fingerprint,
  created_at,
  expires_at,
  refresh_after,
  last_rotated_at,
  rotation,
  credentials,
  registries,
})

const secretsOf = ({
  pull_secret,
  dockerconfigjson,
  dockerconfigjson_base64,
  fingerprint_key,
}: PullSecretBody): Partial<PullSecretBody> => ({
  pull_secret,
  dockerconfigjson,
  dockerconfigjson_base64,
  fingerprint_key,
})

const summary = (body: PullSecretBody): string =>
  pairs([
    ['Cluster', body.cluster_id],
    ['Incarnation', body.incarnation === undefined ? undefined : String(body.incarnation)],
    ['Fingerprint', body.fingerprint],
    ['Created', body.created_at],
    ['Expires', body.expires_at ?? 'never'],
    ['Refresh after', body.refresh_after ?? undefined],
    ['Hosts', Object.keys(body.pull_secret.auths).sort().join(', ')],
  ])

const registryRows = ({
  registries = [],
  credentials = [],
}: PullSecretBody): ReadonlyArray<ReadonlyArray<string | undefined>> =>
  registries.map((registry) => {
    const credential = credentials.find(({ registry_id: id }) => id === registry.registry_id)
    return [
      registry.registry_id,
      registry.status,
      registry.required ? 'yes' : 'no',
      credential?.username,
      credential?.created_at,
      credential?.expires_at ?? undefined,
      registry.problem,
    ]
  })

const registryTable = (body: PullSecretBody): string =>
  table(['REGISTRY', 'STATUS', 'REQUIRED', 'USERNAME', 'CREATED', 'EXPIRES', 'PROBLEM'], registryRows(body))

/** Everything about a pull secret; its tokens, and the key of its fingerprint, only when they were asked for. */
export const presentPullSecret = (body: PullSecretBody, { showSecret }: { readonly showSecret: boolean }): View => ({
  text: `${summary(body)}\n${registryTable(body)}${showSecret ? `\n${body.dockerconfigjson}\n` : ''}`,
  data: { ...metadataOf(body), ...(showSecret ? secretsOf(body) : {}) },
})
