import {
  fingerprint,
  type PullSecretDocument,
  type PullSecrets,
  type SecretManifest,
  secretManifest,
} from '@pull-secret/sdk'

/**
 * Where an adapter keeps Secrets: a Kubernetes API, a cloud's secret manager, or, here, whatever these two functions
 * reach.
 */
export interface SecretStore {
  readonly read: (name: string) => Promise<SecretManifest | undefined>
  readonly write: (manifest: SecretManifest) => Promise<void>
}

const documentOf = ({ data }: SecretManifest): PullSecretDocument =>
  JSON.parse(Buffer.from(data['.dockerconfigjson'], 'base64').toString('utf8')) as PullSecretDocument

/**
 * Brings a cluster's Secret up to date. Says whether it had to be written: one that holds the served document already
 * is left alone.
 */
export const handOver = async (
  pullSecrets: PullSecrets,
  store: SecretStore,
  clusterId: string,
): Promise<'written' | 'current'> => {
  const pullSecret = await pullSecrets.generate(clusterId)
  const name = `${clusterId}-pull-secret`
  const held = await store.read(name)
  if (held !== undefined && fingerprint(documentOf(held), pullSecret.fingerprintKey) === pullSecret.fingerprint)
    return 'current'
  await store.write(secretManifest(pullSecret, { name, namespace: `clusters-${clusterId}` }))
  return 'written'
}
