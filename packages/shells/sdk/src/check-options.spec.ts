import { expect } from 'chai'
import { checkNumber } from './check-options.ts'
import { connect, type ConnectOptions } from './connect.ts'
import { embed } from './embed.ts'
import type { EmbedOptions } from './embed-options.ts'
import { fingerprint } from './fingerprint.ts'
import { PullSecretError } from './pull-secret-error.ts'

const baseUrl = 'http://127.0.0.1:1'

describe('a client', () => {
  const codeOf = async (work: () => unknown): Promise<unknown> => {
    try {
      await work()
      return undefined
    } catch (error) {
      return error instanceof PullSecretError ? error.code : error
    }
  }

  it('is not made from options that make no sense', async () => {
    for (const options of [
      {},
      { token: 'x', tokenFile: 'y' },
      { token: 7 },
      { tokenFile: '' },
      { token: 'x', retries: -1 },
      { token: 'x', retries: Number.NaN },
      { token: 'x', timeoutMilliseconds: 0 },
      { token: 'x', timeoutMilliseconds: 1000.5 },
      { token: 'x', firstDelayMilliseconds: -1 },
    ])
      expect(await codeOf(() => connect({ baseUrl, ...options } as ConnectOptions)), JSON.stringify(options)).to.equal(
        'INVALID_REQUEST',
      )
  })

  it('asks for no cluster without an id, and polls no faster than once a second', async () => {
    const client = connect({ baseUrl, token: 'x', retries: 0 })
    for (const id of [undefined, null, '', 7, {}, '..', 'a b'] as ReadonlyArray<unknown> as ReadonlyArray<never>)
      for (const call of [
        () => client.get(id),
        () => client.generate(id),
        () => client.delete(id),
        () => client.verify(id, {}),
        () => client.watch(id)[Symbol.asyncIterator]().next(),
      ])
        expect(await codeOf(call), String(id)).to.equal('INVALID_REQUEST')
    for (const everySeconds of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(await codeOf(() => client.watch('cls-abc123', { everySeconds }))).to.equal('INVALID_REQUEST')
    await client.close()
  })

  const fieldOf = async (work: () => unknown): Promise<unknown> => {
    try {
      await work()
      return undefined
    } catch (error) {
      return error instanceof PullSecretError && error.code === 'INVALID_REQUEST' ? error.details['field'] : error
    }
  }

  const id = 'cls-abc123'
  const misused = (value: never) => {
    const client = connect({ baseUrl, token: 'x', retries: 0 })
    return {
      generate: () => client.generate(id, value),
      get: () => client.get(id, value),
      delete: () => client.delete(id, value),
      verify: () => client.verify(id, {}, value),
      watch: () => client.watch(id, value),
    }
  }

  it('names the argument that is no object', async () => {
    for (const value of [null, 7, 'x', []] as ReadonlyArray<unknown> as ReadonlyArray<never>) {
      expect(await fieldOf(() => connect(value)), String(value)).to.equal('options')
      expect(await fieldOf(() => embed(value)), String(value)).to.equal('options')
      const client = connect({ baseUrl, token: 'x', retries: 0 })
      expect(await fieldOf(() => client.verify(id, value)), String(value)).to.equal('held')
      for (const [name, call] of Object.entries(misused(value))) expect(await fieldOf(call), name).to.equal('options')
    }
    const untyped = { connect, embed, verify: connect({ baseUrl, token: 'x' }).verify } as unknown as {
      readonly connect: () => unknown
      readonly embed: () => unknown
      readonly verify: (clusterId: string) => unknown
    }
    expect(await fieldOf(untyped.connect)).to.equal('options')
    expect(await fieldOf(untyped.embed)).to.equal('options')
    expect(await fieldOf(() => untyped.verify(id))).to.equal('held')
  })

  it('rejects, and throws only where it promises nothing', () => {
    const { watch, ...calls } = misused(null as never)
    for (const call of Object.values(calls)) expect(call().catch(() => undefined)).to.be.instanceOf(Promise)
    expect(watch).to.throw(PullSecretError)
  })

  it('refuses an option that it does not know by its name, and a signal that is none', async () => {
    expect(await fieldOf(() => connect({ baseUrl, token: 'x', retrys: 3 } as ConnectOptions))).to.equal('retrys')
    const options = { deploymentId: 'spec', inMemory: true, registries: [], recoverEvery: 3 } as EmbedOptions
    expect(await fieldOf(() => embed(options))).to.equal('recoverEvery')
    for (const [name, call] of Object.entries(misused({ regoin: 'us-east1' } as never)))
      expect(await fieldOf(call), name).to.equal('regoin')
    for (const [name, call] of Object.entries(misused({ signal: {} } as never)))
      expect(await fieldOf(call), name).to.equal('signal')
  })

  it('refuses to fingerprint what is no document', async () => {
    for (const document of [undefined, null, 'x', {}, { auths: null }, { auths: { host: {} } }, { auths: [] }])
      expect(await codeOf(() => fingerprint(document as never, 'key')), JSON.stringify(document)).to.equal(
        'INVALID_REQUEST',
      )
    expect(await codeOf(() => fingerprint({ auths: {} }, undefined as never))).to.equal('INVALID_REQUEST')
  })
})

describe('the options of a client', () => {
  const refusalOf = (value: unknown, isWhole = false): unknown => {
    try {
      checkNumber('retries', value as number, { minimum: 0, maximum: 10, isWhole })
      return undefined
    } catch (error) {
      return error
    }
  }

  it('are numbers within their bounds, or left out', () => {
    for (const value of [undefined, 0, 0.5, 10]) expect(refusalOf(value)).to.equal(undefined)
    for (const value of [-1, 11, Number.NaN, Number.POSITIVE_INFINITY, '3', null, {}]) {
      const refusal = refusalOf(value)
      expect(refusal, JSON.stringify(value))
        .to.be.instanceOf(PullSecretError)
        .and.to.include({ code: 'INVALID_REQUEST' })
      expect((refusal as Error).message).to.equal('retries must be a number from 0 to 10')
    }
    expect(refusalOf(0.5, true)).to.have.property('message', 'retries must be a whole number from 0 to 10')
  })
})
