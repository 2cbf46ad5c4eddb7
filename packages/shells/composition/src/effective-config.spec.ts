import { type Config, loadConfig } from '@pull-secret/config'
import { makeSilentLogger } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { effectiveConfig } from './effective-config.ts'
import { openConfiguredListener } from './open-configured-listener.ts'

const file = `
deployment: { id: fleet-1 }
database: { url: postgres://database.example/pull }
encryption: { key_ring_file: /key-ring.json }
access: { type: kubernetes }
rate_limits: { subjects: [{ subject: one, standard: { per_minute: 30 } }] }
registries: [{ id: quay, type: quay }]
`

const load = (flags: Readonly<Record<string, string>>): Config => {
  const config = loadConfig({ flags: { config: '/config.yaml', ...flags }, env: {}, readFile: () => E.right(file) })
  if (E.isLeft(config)) throw new Error(config.left.faults.map(({ message }) => message).join('; '))
  return config.right
}

const decidedIn = (mode: string, flags: Readonly<Record<string, string>> = {}) => {
  const { server, access, rateLimits } = effectiveConfig(load({ 'deployment-mode': mode, ...flags }))
  return {
    plainHttp: server.plainHttp,
    audiences: access.type === 'kubernetes' ? access.audiences : [],
    standard: rateLimits.standard,
    one: rateLimits.subjects[0]?.standard,
  }
}

const opening = (mode: string, flags: Readonly<Record<string, string>> = {}) =>
  openConfiguredListener(effectiveConfig(load({ 'deployment-mode': mode, ...flags })), {
    clock: { monotonic: () => 0 },
    logger: makeSilentLogger(),
  })

describe('the mode of a deployment', () => {
  it('decides what one and the same file leaves open', () => {
    expect([decidedIn('per-instance'), decidedIn('global')]).to.deep.equal([
      {
        plainHttp: true,
        audiences: [],
        standard: { perMinute: 100, perSecond: 20 },
        one: { perMinute: 30, perSecond: 20 },
      },
      {
        plainHttp: false,
        audiences: ['pull-secret-service'],
        standard: { perMinute: 500, perSecond: 100 },
        one: { perMinute: 30, perSecond: 100 },
      },
    ])
  })

  it('decides nothing else', () => {
    const rest = (mode: string) => {
      const { deployment, server, access, rateLimits, ...others } = effectiveConfig(load({ 'deployment-mode': mode }))
      return {
        ...others,
        deployment: { ...deployment, mode: undefined },
        server: { ...server, plainHttp: undefined },
        access: { ...access, audiences: undefined },
        rateLimits: rateLimits.unauthenticated,
      }
    }
    const shown = ['global', 'per-instance'].map((mode) => JSON.stringify(rest(mode)))
    expect(shown[0]).to.equal(shown[1])
  })

  it('leaves alone what is set', () => {
    const flags = {
      'server-plain-http': 'true',
      'access-kubernetes-audiences': '["hyperfleet-api"]',
      'rate-limits-standard-per-minute': '70',
    }
    expect(decidedIn('global', flags)).to.deep.equal({
      plainHttp: true,
      audiences: ['hyperfleet-api'],
      standard: { perMinute: 70, perSecond: 100 },
      one: { perMinute: 30, perSecond: 100 },
    })
  })

  it('is without effect on a configuration that is effective already', () => {
    const effective = effectiveConfig(load({ 'deployment-mode': 'global' }))
    expect(effectiveConfig(effective)).to.deep.equal(effective)
  })

  it('lets a port speak plain HTTP inside a cluster, and over networks only where that is set', async () => {
    const fields = async (...given: Parameters<typeof opening>) => {
      const opened = await opening(...given)
      return E.isLeft(opened) ? opened.left.map(({ field }) => field) : opened.right
    }
    expect(await fields('per-instance')).to.equal(undefined)
    expect(await fields('per-instance', { 'server-plain-http': 'false' })).to.deep.equal(['server.tls.cert_file'])
    expect(await fields('global')).to.deep.equal(['server.tls.cert_file'])
    expect(await fields('global', { 'server-plain-http': 'true' })).to.equal(undefined)
  })
})
