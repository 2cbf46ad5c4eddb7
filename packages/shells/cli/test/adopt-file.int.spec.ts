// Here and not beside a source file because it runs the whole command on a real database.
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse, stringify } from 'yaml'
import { anInstallation, type Installation } from './an-installation.ts'

describe('a file that was written by a later state of the database', () => {
  let installation: Installation
  let file: string
  beforeEach(async () => {
    installation = await anInstallation({ migrated: true })
    file = join(installation.directory, 'htpasswd')
    const config = parse(readFileSync(installation.configFile, 'utf8')) as { registries: Array<object> }
    config.registries.push({
      id: 'internal',
      type: 'distribution',
      landing_window_seconds: 0,
      config: { registry_url: 'http://127.0.0.1:9', htpasswd_file: file },
    })
    writeFileSync(installation.configFile, stringify(config))
  })
  afterEach(() => installation.close())

  const generate = (cluster: string) =>
    installation.run(['generate', cluster, '--cloud-provider', 'gcp', '--region', 'us-east1'])
  const text = (): string => readFileSync(file, 'utf8')
  const users = (): ReadonlyArray<string> => text().match(/^hyp-[^:]+/gm) ?? []
  const fence = (): number => Number(/ fence=(\d+)$/m.exec(text())?.[1])

  it('is adopted with everybody in it, and can be written again', async () => {
    expect((await generate('cls-abc123')).code).to.equal(0)
    const [known = ''] = users()
    const line =
      text()
        .split('\n')
        .find((other) => other.startsWith(known)) ?? ''
    const unknown = known.replace(/[0-9a-f-]{36}$/, randomUUID())
    expect(unknown).not.to.equal(known)
    writeFileSync(file, `${text().replace(/fence=\d+/, 'fence=900')}${line.replace(known, unknown)}\n`)

    expect((await generate('cls-abc124')).code).to.equal(0)
    expect(users()).to.deep.equal([known, unknown])
    const stuck = await installation.run(['stuck'])
    expect([stuck.code, stuck.stdout]).to.satisfy(
      ([code, told]: [number, string]) => code === 8 && told.includes('fence_behind') && told.includes('adopt-file'),
    )

    const adopted = await installation.run(['registries', 'adopt-file', 'internal'])
    expect([adopted.code, adopted.stdout]).to.deep.equal([
      0,
      'Adopted the file of internal. Users who stay until the service deletes them: 2. ' +
        'The next write has a fence above 900.\n',
    ])
    expect((await generate('cls-abc125')).code).to.equal(0)
    expect(users()).to.include.members([known, unknown]).and.to.have.length.above(2)
    expect(fence()).to.be.above(900)
  })

  it('is not adopted where there is none, or while it cannot be read', async () => {
    for (const registry of ['quay', 'other'])
      expect((await installation.run(['registries', 'adopt-file', registry])).code, registry).to.equal(2)
    writeFileSync(file, 'a line without a colon\n')
    const { code, stderr } = await installation.run(['registries', 'adopt-file', 'internal'])
    expect([code, stderr]).to.satisfy(
      ([exit, told]: [number, string]) => exit === 6 && told.includes(file) && told.includes('FILE_NOT_ADOPTED'),
    )
  })
})
