// Here and not beside a source file because it plays the whole wired service.
import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { followAges } from '../src/follow-ages.ts'
import { openStage, type Stage } from './stage.ts'

const daySeconds = 86_400

describe('what shows the age of the own key and when own credentials expire', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await openStage()
  })
  afterEach(async () => {
    await stage.close()
  })

  /** The samples of a metric: its own labels, and its value. */
  const samples = async (name: string): Promise<Readonly<Record<string, number>>> =>
    Object.fromEntries(
      (await stage.root.meter.render())
        .split('\n')
        .map((line) => /^hyperfleet_pull_secret_service_(\w+)\{(.*?),?component=[^}]*\} (\S+)$/.exec(line))
        .filter((found) => found?.[1] === name)
        .map((found) => [found?.[2] ?? '', Number(found?.[3])]),
    )

  it('knows the certificate of a vendor, and a token from when on it says so itself', async () => {
    const certificate = 'registry="rhit",kind="client_certificate"'
    const known = await samples('own_credential_expiry_seconds')
    expect(Object.keys(known)).to.deep.equal([certificate])
    expect(known[certificate]).to.be.greaterThan(daySeconds)
    const claims = Buffer.from(JSON.stringify({ exp: 1 })).toString('base64url')
    writeFileSync(stage.quayTokenFile, `e30.${claims}.made-up`)
    const both = await samples('own_credential_expiry_seconds')
    expect(Object.keys(both)).to.have.members([certificate, 'registry="quay",kind="token"'])
    expect(both['registry="quay",kind="token"']).to.be.lessThan(0)
  })

  it('knows the date of the key that encrypts', async () => {
    const { keys } = JSON.parse(readFileSync(stage.keyRingFile, 'utf8')) as { keys: [{ created_at: string }] }
    const { '': age } = await samples('encryption_key_age_seconds')
    expect(age).to.be.within(0, (Date.now() - Date.parse(keys[0].created_at)) / 1000)
  })
})

describe('what shows when the certificate of the API port expires', () => {
  it('is told beside the registries', () => {
    const shown: Array<unknown> = []
    followAges({
      meter: { follow: (name, values) => () => void shown.push([name, values()]) },
      clock: { now: () => 10_000 },
      keyRing: { writing: () => ({ id: 'first', createdAt: 4_000, key: {} as never }) },
      registries: { ownCredentials: () => [{ registryId: 'rhit', kind: 'client_certificate', expiresAt: 9_000 }] },
      tls: { expiresAt: () => 70_000 },
    })
    expect(shown).to.deep.equal([
      ['encryption_key_age_seconds', [{ value: 6, labels: {} }]],
      [
        'own_credential_expiry_seconds',
        [
          { value: -1, labels: { registry: 'rhit', kind: 'client_certificate' } },
          { value: 60, labels: { kind: 'server_certificate' } },
        ],
      ],
    ])
  })
})
