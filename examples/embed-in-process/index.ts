import { embed, inMemoryRegistry, type SecretManifest } from '@pull-secret/sdk'
import { handOver } from './hand-over.ts'

const pullSecrets = await embed({
  deploymentId: 'example',
  inMemory: true,
  registries: [
    { id: 'quay', adapter: inMemoryRegistry('quay.io') },
    { id: 'rhit', adapter: inMemoryRegistry('registry.redhat.io') },
  ],
})

const secrets = new Map<string, SecretManifest>()
const store = {
  read: async (name: string) => secrets.get(name),
  write: async (manifest: SecretManifest) => void secrets.set(manifest.metadata.name, manifest),
}

console.log(`cls-abc123: ${await handOver(pullSecrets, store, 'cls-abc123')}`)
console.log(`cls-abc123 again: ${await handOver(pullSecrets, store, 'cls-abc123')}`)
console.log(`cls-abc124: ${await handOver(pullSecrets, store, 'cls-abc124')}`)

const { document } = await pullSecrets.get('cls-abc123')
console.log(`cls-abc123 may pull from ${Object.keys(document.auths).join(' and ')}`)

const deletion = await pullSecrets.delete('cls-abc123')
console.log(`cls-abc123 is ${deletion.status}`)
await pullSecrets.close()
