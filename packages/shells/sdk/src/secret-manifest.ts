import type { PullSecret } from './pull-secret.ts'

export interface SecretManifestOptions {
  readonly name: string
  readonly namespace: string
}

/** A Secret of the Kubernetes API, `v1`. Contains live tokens. */
export interface SecretManifest {
  readonly apiVersion: 'v1'
  readonly kind: 'Secret'
  readonly type: 'kubernetes.io/dockerconfigjson'
  readonly metadata: {
    readonly name: string
    readonly namespace: string
    readonly labels: Readonly<Record<string, string>>
    readonly annotations: Readonly<Record<string, string>>
  }
  /** In base64. */
  readonly data: { readonly '.dockerconfigjson': string }
}

/** What Kubernetes accepts as the value of a label. Any other cluster id stands only in the annotation. */
const labelValue = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/

/**
 * A Kubernetes Secret with the pull secret, ready for `kubectl apply` or an API client, with HyperFleet's labels. The
 * annotation `hyperfleet.io/fingerprint` shows whether an existing Secret holds this document, without reading a token.
 */
export const secretManifest = (
  { clusterId, dockerConfigJson, fingerprint }: PullSecret,
  { name, namespace }: SecretManifestOptions,
): SecretManifest => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'kubernetes.io/dockerconfigjson',
  metadata: {
    name,
    namespace,
    labels: {
      ...(labelValue.test(clusterId) ? { 'hyperfleet.io/cluster-id': clusterId } : {}),
      'hyperfleet.io/managed-by': 'hyperfleet',
      'hyperfleet.io/resource-type': 'pull-secret',
    },
    annotations: { 'hyperfleet.io/cluster-id': clusterId, 'hyperfleet.io/fingerprint': fingerprint },
  },
  data: { '.dockerconfigjson': Buffer.from(dockerConfigJson, 'utf8').toString('base64') },
})
