// Here and not beside a source file because it plays the whole SDK, connected and embedded.
import { inMemoryRegistry, makeInMemoryVendor, quayLike } from '@pull-secret/in-memory'
import { connect, embed, fingerprint, type PullSecret, type PullSecrets, type RegistrySetup } from '@pull-secret/sdk'
import { expect } from 'chai'
import * as T from 'fp-ts/lib/Task.js'
import { refusalOf } from './refusal-of.ts'
import { serveInMemory, token } from './serve-in-memory.ts'

type Open = (registries: ReadonlyArray<RegistrySetup>) => Promise<PullSecrets>

const embedded: Open = (registries) =>
  embed({ deploymentId: 'spec', inMemory: true, registries, clusterIdPatterns: [/^[\x21-\x7e]+$/u] })

const connected: Open = async (registries) => {
  const server = await serveInMemory(registries)
  const pullSecrets = connect({ baseUrl: server.url, token, retries: 0 })
  return {
    ...pullSecrets,
    close: async () => {
      await pullSecrets.close()
      await server.close()
    },
  }
}

/** Nothing sent to it lands late: what is deleted is gone for certain at once. */
const prompt = () => makeInMemoryVendor({ ...quayLike, landingWindowSeconds: 0, executesOnce: true })

const registries = (): ReadonlyArray<RegistrySetup> => [
  { id: 'quay', adapter: inMemoryRegistry('quay.io', prompt()) },
  { id: 'harbor', adapter: inMemoryRegistry('harbor.example.com', prompt()), required: false },
]

const refusing = (): RegistrySetup => {
  const adapter = inMemoryRegistry('quay.io')
  return {
    id: 'quay',
    adapter: {
      ...adapter,
      open: (config: object, dependencies) => {
        const open = adapter.open(config, dependencies)
        return {
          ...open,
          client: {
            ...open.client,
            createCredential: () => T.of({ kind: 'refused', problem: 'request_refused', firstStep: true }),
          },
        }
      },
    },
  }
}

const hostsOf = ({ document }: PullSecret): ReadonlyArray<string> => Object.keys(document.auths)

for (const { name, open } of [
  { name: 'embedded', open: embedded },
  { name: 'connected', open: connected },
]) {
  describe(`pull secrets, ${name}`, () => {
    let pullSecrets: PullSecrets

    beforeEach(async () => {
      pullSecrets = await open(registries())
    })
    afterEach(() => pullSecrets.close())

    it('give a cluster credentials of its own at every registry', async () => {
      const [one, other] = await Promise.all([pullSecrets.generate('cls-abc123'), pullSecrets.generate('cls-abc124')])
      expect(hostsOf(one)).to.deep.equal(['harbor.example.com', 'quay.io'])
      expect(one.document.auths['quay.io']).to.not.deep.equal(other.document.auths['quay.io'])
      expect(JSON.parse(one.dockerConfigJson)).to.deep.equal(one.document)
    })

    it('give the same document whoever asks, however often', async () => {
      const [one, other] = await Promise.all([pullSecrets.generate('cls-abc123'), pullSecrets.generate('cls-abc123')])
      const read = await pullSecrets.get('cls-abc123')
      expect([other.dockerConfigJson, read.dockerConfigJson]).to.deep.equal([
        one.dockerConfigJson,
        one.dockerConfigJson,
      ])
      expect(read.createdAt).to.deep.equal(one.createdAt)
    })

    it('tell of what a document holds, without tokens', async () => {
      await pullSecrets.generate('cls-abc123', { cloudProvider: 'gcp', region: 'us-east1', externalId: 'other-id' })
      const { registries: states, credentials, incarnation, expiresAt } = await pullSecrets.get('cls-abc123')
      expect(states).to.have.deep.members([
        { registryId: 'harbor', required: false, status: 'active', problem: undefined },
        { registryId: 'quay', required: true, status: 'active', problem: undefined },
      ])
      expect(credentials.map(({ registryId, generation }) => ({ registryId, generation }))).to.have.deep.members([
        { registryId: 'quay', generation: 1 },
        { registryId: 'harbor', generation: 1 },
      ])
      expect(credentials[0]?.createdAt).to.be.instanceOf(Date)
      expect({ incarnation, expiresAt }).to.deep.equal({ incarnation: 1, expiresAt: undefined })
    })

    it('only add the registries that a request names', async () => {
      expect(hostsOf(await pullSecrets.generate('cls-abc123', { registries: ['quay'] }))).to.deep.equal(['quay.io'])
      await pullSecrets.generate('cls-abc123', { registries: ['harbor'] })
      expect(hostsOf(await pullSecrets.get('cls-abc123'))).to.deep.equal(['harbor.example.com', 'quay.io'])
    })

    it('know by its fingerprint whether a cluster holds what is served', async () => {
      const served = await pullSecrets.generate('cls-abc123')
      expect(fingerprint(served.document, served.fingerprintKey)).to.equal(served.fingerprint)
      expect((await pullSecrets.verify('cls-abc123', { fingerprint: served.fingerprint })).matches).to.equal(true)
      expect((await pullSecrets.verify('cls-abc123', { fingerprint: '0'.repeat(64) })).matches).to.equal(false)
    })

    it('say of each host whether its entry is the one served', async () => {
      const {
        document: { auths },
        fingerprintKey,
      } = await pullSecrets.generate('cls-abc123')
      const quay = fingerprint({ auths: { 'quay.io': auths['quay.io'] ?? { auth: '' } } }, fingerprintKey)
      expect(
        await pullSecrets.verify('cls-abc123', { hosts: { 'quay.io': quay, 'other.example.com': quay } }),
      ).to.deep.equal({
        matches: false,
        hosts: { 'harbor.example.com': 'missing', 'other.example.com': 'unexpected', 'quay.io': 'match' },
      })
    })

    it('say NOT_FOUND for a cluster that has none', async () => {
      for (const call of [
        pullSecrets.get('cls-abc123'),
        pullSecrets.verify('cls-abc123', { fingerprint: '0'.repeat(64) }),
      ]) {
        expect(await refusalOf(call)).to.include({ code: 'NOT_FOUND', retryable: false })
      }
    })

    it('are deleted when every credential is proved gone, and come back only when asked by incarnation', async () => {
      const first = await pullSecrets.generate('cls-abc123')
      expect(await pullSecrets.delete('cls-abc123')).to.deep.equal({ status: 'deleted' })
      expect(await pullSecrets.delete('cls-abc123')).to.deep.equal({ status: 'deleted' })
      expect(await refusalOf(pullSecrets.get('cls-abc123'))).to.include({ code: 'NOT_FOUND' })
      const {
        code,
        details: { incarnation },
      } = await refusalOf(pullSecrets.generate('cls-abc123'))
      expect(code).to.equal('CLUSTER_DELETED')
      const second = await pullSecrets.generate('cls-abc123', { recreate: Number(incarnation) })
      expect(second.dockerConfigJson).to.not.equal(first.dockerConfigJson)
      expect((await pullSecrets.get('cls-abc123')).incarnation).to.equal(Number(incarnation) + 1)
    })

    it('refuse to delete another incarnation than the one named', async () => {
      await pullSecrets.generate('cls-abc123')
      expect(await refusalOf(pullSecrets.delete('cls-abc123', { incarnation: 7 }))).to.include({ code: 'CONFLICT' })
      expect(await pullSecrets.delete('cls-abc123', { incarnation: 1 })).to.deep.equal({ status: 'deleted' })
    })

    it('name the field and the valid values of what they refuse', async () => {
      expect(await refusalOf(pullSecrets.generate('cls-abc123', { registries: ['nowhere'] })))
        .to.deep.include({ code: 'INVALID_REQUEST', retryable: false })
        .and.have.property('details')
        .deep.include({ field: 'registries', valid_values: ['quay', 'harbor'] })
      expect((await refusalOf(pullSecrets.generate('cls-abc123', { region: 'no region' }))).details).to.include({
        field: 'region',
      })
      expect((await refusalOf(pullSecrets.verify('cls-abc123', {}))).details).to.include({ field: 'fingerprint' })
    })

    it('refuse cluster ids that could not stand in a path', async () => {
      for (const id of ['', '.', '..', 'with space', 'x'.repeat(65)]) {
        for (const call of [
          pullSecrets.generate(id),
          pullSecrets.get(id),
          pullSecrets.delete(id),
          pullSecrets.verify(id, { fingerprint: '0'.repeat(64) }),
        ]) {
          expect(await refusalOf(call)).to.deep.include({ code: 'INVALID_REQUEST', details: { field: 'cluster_id' } })
        }
      }
    })

    it('pass cluster ids on as they are', async () => {
      expect((await pullSecrets.generate('a/b?c#d%2e')).clusterId).to.equal('a/b?c#d%2e')
      expect((await pullSecrets.get('a/b?c#d%2e')).clusterId).to.equal('a/b?c#d%2e')
    })

    it('yield a document to a watch when it has changed, and only then', async () => {
      const first = await pullSecrets.generate('cls-abc123', { registries: ['quay'] })
      const seen: Array<PullSecret> = []
      for await (const pullSecret of pullSecrets.watch('cls-abc123', { everySeconds: 1 })) {
        seen.push(pullSecret)
        if (seen.length === 2) break
        await pullSecrets.generate('cls-abc123', { registries: ['harbor'] })
      }
      expect(seen.map(hostsOf)).to.deep.equal([['quay.io'], ['harbor.example.com', 'quay.io']])
      expect(seen[0]?.fingerprint).to.equal(first.fingerprint)
    })

    it('end a watch with its signal, and throw at one of a cluster that has none', async () => {
      await pullSecrets.generate('cls-abc123')
      const ending = new AbortController()
      const seen: Array<string> = []
      for await (const { clusterId } of pullSecrets.watch('cls-abc123', { signal: ending.signal })) {
        seen.push(clusterId)
        ending.abort()
      }
      expect(seen).to.deep.equal(['cls-abc123'])
      expect(await refusalOf(pullSecrets.watch('cls-unknown')[Symbol.asyncIterator]().next())).to.include({
        code: 'NOT_FOUND',
      })
    })

    it('end a watch that waits when they are closed', async () => {
      await pullSecrets.generate('cls-abc123')
      const watching = pullSecrets.watch('cls-abc123')[Symbol.asyncIterator]()
      await watching.next()
      const next = watching.next()
      await pullSecrets.close()
      expect((await next).done).to.equal(true)
      pullSecrets = await open(registries())
    })

    it('reject with the reason of the signal that ends a call', async () => {
      const reason = new Error('no longer wanted')
      const signal = AbortSignal.abort(reason)
      expect(await pullSecrets.generate('cls-abc123', { signal }).catch((error: unknown) => error)).to.equal(reason)
      const later = new AbortController()
      const call = pullSecrets.generate('cls-abc123', { signal: later.signal }).catch((error: unknown) => error)
      later.abort(reason)
      expect(await call).to.equal(reason)
    })

    it('are of no use once closed', async () => {
      const closed = await open(registries())
      await closed.close()
      expect(await refusalOf(closed.get('cls-abc123'))).to.include({ code: 'CLOSED', retryable: false })
    })
  })

  describe(`pull secrets, ${name}, of registries in trouble`, () => {
    it('say which registry is not ready, and when to ask again', async () => {
      const pullSecrets = await open([refusing()])
      const refusal = await refusalOf(pullSecrets.generate('cls-abc123'))
      await pullSecrets.close()
      expect(refusal).to.include({ code: 'SERVICE_UNAVAILABLE', retryable: true })
      expect(refusal.retryAfterSeconds).to.be.greaterThan(0)
      expect(refusal.details['registries']).to.deep.equal([
        { registry_id: 'quay', required: true, status: 'failing', problem: 'request_refused' },
      ])
    })

    it('say until when a deletion settles', async () => {
      const pullSecrets = await open([{ id: 'quay', adapter: inMemoryRegistry('quay.io') }])
      await pullSecrets.generate('cls-abc123')
      const deletion = await pullSecrets.delete('cls-abc123')
      await pullSecrets.close()
      expect(deletion).to.have.nested.property('registries.quay').include({ status: 'settling', stuck: false })
      expect(deletion).to.have.nested.property('registries.quay.settlingUntil').instanceOf(Date)
    })
  })
}
