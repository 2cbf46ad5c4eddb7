// Here and not beside a source file because it plays the whole SDK on a real database.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { inspect } from 'node:util'
import { openTestDatabase, type TestDatabase } from '@pull-secret/embedded-postgres/testing'
import { makeInMemoryVendor, quayLike } from '@pull-secret/in-memory'
import { embed, type EmbedOptions, inMemoryRegistry, type PullSecrets } from '@pull-secret/sdk'
import { expect } from 'chai'
import { refusalOf } from './refusal-of.ts'

describe('a service embedded with a database', () => {
  const vendor = makeInMemoryVendor(quayLike)
  let folder: string
  let database: TestDatabase
  const open = (more: Partial<EmbedOptions> = {}): Promise<PullSecrets> =>
    embed({
      deploymentId: 'spec',
      database: { url: database.url, keyRingFile: join(folder, 'keys'), tls: { mode: 'disable' }, sandbox: true },
      registries: [{ id: 'quay', adapter: inMemoryRegistry('quay.io', vendor) }],
      ...more,
    } as EmbedOptions)

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sdk-database-'))
    await writeFile(
      join(folder, 'keys'),
      JSON.stringify({
        writing: 'one',
        keys: [{ id: 'one', key: randomBytes(32).toString('base64'), created_at: '2026-01-01T00:00:00Z' }],
      }),
    )
    database = await openTestDatabase({ name: 'sdk', prepare: async () => undefined })
  })
  after(async () => {
    await database.drop()
    await rm(folder, { recursive: true })
  })

  it('serves one document from any number of processes, and after all of them have ended', async () => {
    const both = await Promise.all([open(), open()])
    const [one, other] = await Promise.all(both.map((pullSecrets) => pullSecrets.generate('cls-abc123')))
    await Promise.all(both.map((pullSecrets) => pullSecrets.close()))
    expect(other?.dockerConfigJson).to.equal(one?.dockerConfigJson)
    expect(vendor.credentials.size).to.equal(1)
    const later = await open()
    expect((await later.get('cls-abc123')).dockerConfigJson).to.equal(one?.dockerConfigJson)
    await later.close()
  })

  it('leaves the database alone once closed, however often it is closed', async () => {
    const lines: Array<string> = []
    const pullSecrets = await open({
      recoverEverySeconds: 1,
      logger: { log: (_level, message) => () => void lines.push(message) },
    })
    await pullSecrets.generate('cls-abc124')
    await pullSecrets.close()
    await pullSecrets.close()
    const whileOpen = lines.length
    await setTimeout(1500)
    expect(lines.slice(whileOpen)).to.deep.equal([])
  })

  it('does not start on the database of another deployment', async () => {
    await (await open()).close()
    expect(await refusalOf(open({ deploymentId: 'another' })))
      .to.include({ code: 'START_FAILED' })
      .and.have.property('message')
      .match(/belongs to deployment spec/)
  })

  it('does not start on a database that a crash damages, except in a sandbox', async () => {
    const keyRingFile = join(folder, 'keys')
    const error = await refusalOf(open({ database: { url: database.url, keyRingFile, tls: { mode: 'disable' } } }))
    expect(error).to.include({ code: 'START_FAILED' })
    expect(error.message).to.include('fsync = off and full_page_writes = off')
  })

  it('does not connect in plain text unless it is asked to', async () => {
    const error = await refusalOf(open({ database: { url: database.url, keyRingFile: join(folder, 'keys') } }))
    expect(error).to.include({ code: 'START_FAILED' })
    expect(error.message).to.match(/offers no TLS/)
  })

  it('does not start with choices that would have no effect, and names them as they are passed', async () => {
    const keyRingFile = join(folder, 'keys')
    const tls = { mode: 'require' } as unknown as { mode: 'disable' }
    const mode = await refusalOf(open({ database: { url: database.url, keyRingFile, tls } }))
    expect(mode.message).to.match(/^database\.tls\.mode must be one of verify-full, disable/)
    const url = `${database.url}?application_name=canary`
    const parameter = await refusalOf(open({ database: { url, keyRingFile, tls: { mode: 'disable' } } }))
    expect(parameter.message)
      .to.match(/^database\.url /)
      .and.not.to.include('canary')
  })

  it('says what the database fails with, and repeats no password', async () => {
    const url = new URL(database.url)
    url.password = 'canary'
    const keyRingFile = join(folder, 'keys')
    const error = await refusalOf(open({ database: { url: url.href, keyRingFile, tls: { mode: 'disable' } } }))
    expect(error.message)
      .to.match(/refuses the password of role "postgres"/)
      .and.to.include(url.host)
    expect(inspect(error, { depth: 9 })).not.to.include('canary')
  })

  it('does not start without its keys', async () => {
    const error = await refusalOf(open({ database: { url: database.url, keyRingFile: join(folder, 'nowhere') } }))
    expect(error).to.include({ code: 'START_FAILED' })
    expect(inspect(error.details['faults'])).to.include('keyRingFile')
  })
})
