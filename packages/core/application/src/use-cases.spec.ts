import type { CallPriority, RegistryClient } from '@pull-secret/domain'
import { aCause } from '@pull-secret/domain/testing'
import { accepts, callerSecretLike, oneShotLike, quayLike, sharedFileLike, statelessLike } from '@pull-secret/in-memory'
import { fail, succeed } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import { makeWorld, quayAndRhit } from '../test/world.ts'

const cause = aCause()
const command = { clusterId: 'cls-abc123', cause }

const failingCreate = (kind: 'unknown' | 'refused', times: number) => {
  let remaining = times
  return (client: RegistryClient): RegistryClient => ({
    ...client,
    createCredential: (request) => {
      remaining -= 1
      if (remaining < 0) return client.createCredential(request)
      return () =>
        Promise.resolve(
          kind === 'unknown'
            ? { kind, problem: 'connection_lost' as const }
            : { kind, problem: 'administrator_refused' as const, firstStep: true },
        )
    },
  })
}

describe('use cases, wired as in production', () => {
  it('gives every registry a credential of its own and the same bytes ever after', async () => {
    const world = makeWorld()
    const first = await succeed(world.generate(command))
    const second = await succeed(world.generate(command))
    const read = await succeed(world.retrieve('cls-abc123'))
    expect(Object.keys(first.document.auths)).to.deep.equal(['quay.example.com', 'rhit.example.com'])
    expect([second.text, read.text]).to.deep.equal([first.text, first.text])
    expect(read.fingerprint).to.equal(first.fingerprint)
    expect(await succeed(world.verify('cls-abc123', { whole: read.fingerprint }))).to.include({ matches: true })
    expect([world.vendors['quay']?.credentials.size, world.vendors['rhit']?.credentials.size]).to.deep.equal([1, 1])
  })

  it('gives two hundred simultaneous callers one credential and one answer', async () => {
    const world = makeWorld()
    const answers = await Promise.all(Array.from({ length: 200 }, () => succeed(world.generate(command))))
    expect(new Set(answers.map(({ text }) => text)).size).to.equal(1)
    expect(world.vendors['quay']?.credentials.size).to.equal(1)
  })

  it('tells every vendor call how urgent it is', async () => {
    const calls: Array<readonly [operation: string, priority: CallPriority]> = []
    const noting = (client: RegistryClient): RegistryClient => ({
      ...client,
      createCredential: (request) => {
        calls.push(['create', request.terms.priority])
        return client.createCredential(request)
      },
      deleteCredential: (request) => {
        calls.push(['delete', request.terms.priority])
        return client.deleteCredential(request)
      },
      validateCredential: (request) => {
        calls.push(['validate', request.terms.priority])
        return client.validateCredential(request)
      },
    })
    const world = makeWorld([{ id: 'quay', behaviour: quayLike, required: true, through: noting }])
    await succeed(world.generate(command))
    world.advance(3_600_000)
    await succeed(world.recover(cause))
    await succeed(world.remove(command))
    expect(calls).to.deep.equal([
      ['create', 'interactive'],
      ['validate', 'drift'],
      ['delete', 'urgent_revocation'],
    ])
  })

  it('answers within nine seconds though the ledger does not', async () => {
    const world = makeWorld()
    const silent = {
      change: () => () => new Promise<never>(() => undefined),
      record: () => () => new Promise<never>(() => undefined),
    }
    const { generate, remove } = world.over(silent)
    const unanswered = { code: 'LEDGER_OUTCOME_UNKNOWN', retryAfterSeconds: 2 }
    expect(await fail(generate(command))).to.deep.equal(unanswered)
    expect(await fail(remove(command))).to.deep.equal(unanswered)
    expect(world.clock.monotonic()).to.equal(18_000)
  })

  it('does not wait for ever for a vendor that never answers, and finds out later what came of it', async () => {
    let isFirst = true
    const hanging = (client: RegistryClient): RegistryClient => ({
      ...client,
      createCredential: (request) => {
        const call = client.createCredential(request)
        if (!isFirst) return call
        isFirst = false
        return () => call().then(() => new Promise<never>(() => undefined))
      },
    })
    const world = makeWorld([{ id: 'quay', behaviour: quayLike, required: true, through: hanging }])
    await fail(world.generate(command))
    await world.clock.sleep(60_000)()
    expect(await succeed(world.recover(cause))).to.deep.include({ failed: 0 })
    expect((await succeed(world.retrieve('cls-abc123'))).registries).to.deep.equal([
      { registryId: 'quay', required: true, status: 'active' },
    ])
    expect(world.vendors['quay']?.credentials.size).to.equal(1)
  })

  it('keeps a shared object to itself as long as a write may still be under way or land', async () => {
    const hanging = (client: RegistryClient): RegistryClient => ({
      ...client,
      createCredential: () => () => new Promise<never>(() => undefined),
    })
    const world = makeWorld([{ id: 'file', behaviour: sharedFileLike, required: true, through: hanging }])
    await fail(world.generate(command))
    const landed = 1000 * (30 + sharedFileLike.landingWindowSeconds)
    await world.clock.sleep(landed - 500 - world.clock.monotonic())()
    expect((await fail(world.sharedObjects.take('file', 'another', 30))).code).to.equal('SHARED_OBJECT_BUSY')
    await world.clock.sleep(3_000)()
    await succeed(world.sharedObjects.take('file', 'another', 30))
  })

  it('reads back what an unanswered create made, instead of making another', async () => {
    const lost = (client: RegistryClient): RegistryClient => {
      let isFirst = true
      return {
        ...client,
        createCredential: (request) => async () => {
          const outcome = await client.createCredential(request)()
          const answer = isFirst ? { kind: 'unknown' as const, problem: 'connection_lost' as const } : outcome
          isFirst = false
          return answer
        },
      }
    }
    const world = makeWorld(quayAndRhit.map((setup) => ({ ...setup, through: lost })))
    await succeed(world.generate(command))
    expect([world.vendors['quay']?.credentials.size, world.vendors['rhit']?.credentials.size]).to.deep.equal([1, 1])
  })

  it('replaces a one-shot credential whose answer was lost, and removes the lost one', async () => {
    const world = makeWorld([
      { id: 'acr', behaviour: oneShotLike, required: true, through: failingCreate('unknown', 1) },
    ])
    await succeed(world.generate(command))
    const names = world.tables.clusters.get('cls-abc123')?.credentials.map((row) => row.state)
    expect(names?.sort()).to.deep.equal(['active', 'revoking'])
  })

  it('publishes nothing before every required registry has its credential', async () => {
    const world = makeWorld(
      quayAndRhit.map((setup) => (setup.id === 'rhit' ? { ...setup, through: failingCreate('refused', 1) } : setup)),
    )
    const refusal = await fail(world.generate(command))
    expect(refusal).to.include({ code: 'REGISTRIES_NOT_READY', timedOut: false })
    expect((await fail(world.retrieve('cls-abc123'))).code).to.equal('PULL_SECRET_NOT_FOUND')
    world.advance(60_000)
    await succeed(world.recover({ ...cause, subject: 'recovery' }))
    expect(Object.keys((await succeed(world.retrieve('cls-abc123'))).document.auths)).to.have.length(2)
  })

  it('publishes without an optional registry and completes it later', async () => {
    const world = makeWorld([
      ...quayAndRhit,
      { id: 'harbor', behaviour: callerSecretLike, through: failingCreate('refused', 1) },
    ])
    const secret = await succeed(world.generate(command))
    expect(secret.registries.find((registry) => registry.registryId === 'harbor')).to.deep.equal({
      registryId: 'harbor',
      required: false,
      status: 'failing',
      problem: 'administrator_refused',
    })
    world.advance(60_000)
    await succeed(world.recover(cause))
    expect(Object.keys((await succeed(world.retrieve('cls-abc123'))).document.auths)).to.include('harbor.example.com')
  })

  it('writes a shared file for many clusters without losing one', async () => {
    const world = makeWorld([{ id: 'file', behaviour: sharedFileLike, required: true }])
    const ids = Array.from({ length: 20 }, (_, index) => `cls-${String(index).padStart(6, '0')}`)
    await Promise.all(ids.map((clusterId) => succeed(world.generate({ clusterId, cause }))))
    expect(world.vendors['file']?.credentials.size).to.equal(20)
  })

  it('mints a short-lived token again before it expires', async () => {
    const world = makeWorld([{ id: 'ecr', behaviour: statelessLike, required: true }])
    const first = await succeed(world.generate(command))
    world.advance(7 * 3_600_000)
    await succeed(world.recover(cause))
    const second = await succeed(world.retrieve('cls-abc123'))
    expect(second.text).not.to.equal(first.text)
    expect(second.credentials[0]?.generation).to.equal(1)
  })

  it('refuses a registry that is not configured, naming those that are', async () => {
    const world = makeWorld()
    expect(await fail(world.generate({ ...command, registries: ['quay', 'qauy'] }))).to.deep.include({
      code: 'INVALID_INPUT',
      validValues: ['quay', 'rhit'],
    })
  })

  it('deletes in one call what is settled, also where a delete alone proves nothing', async () => {
    const world = makeWorld()
    await succeed(world.generate(command))
    world.advance(3_600_000)
    expect(await succeed(world.remove(command))).to.deep.equal({ kind: 'deleted' })
    expect([world.vendors['quay']?.credentials.size, world.vendors['rhit']?.credentials.size]).to.deep.equal([0, 0])
  })

  it('deletes at the vendor, proves it, and does not come back by itself', async () => {
    const world = makeWorld()
    const secret = await succeed(world.generate(command))
    const [, token = ''] = Buffer.from(secret.document.auths['quay.example.com']?.auth ?? '', 'base64')
      .toString()
      .split(':')
    expect((await succeed(world.remove(command))).kind).to.equal('deleting')
    expect(
      accepts(world.vendors['quay'] as never, secret.credentials[0]?.username ?? '', token, world.clock.now()),
    ).to.equal(false)
    world.advance(3_600_000)
    await succeed(world.recover(cause))
    world.advance(3_600_000)
    await succeed(world.recover(cause))
    expect(await succeed(world.remove(command))).to.deep.equal({ kind: 'deleted' })
    expect(await fail(world.generate(command))).to.include({ code: 'CLUSTER_DELETED', incarnation: 2 })
    const again = await succeed(world.generate({ ...command, recreate: 2 }))
    expect(again.incarnation).to.equal(3)
    expect(again.credentials.map((credential) => credential.generation)).to.deep.equal([2, 2])
    expect((await succeed(world.generate({ ...command, recreate: 2 }))).incarnation).to.equal(3)
    expect(await fail(world.generate({ ...command, recreate: 1 }))).to.include({
      code: 'INCARNATION_CONFLICT',
      incarnation: 3,
      asked: 2,
    })
  })
})
