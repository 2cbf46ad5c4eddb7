import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { openTestDatabase } from '@pull-secret/embedded-postgres/testing'
import { generateKeyRing, loadConfig, openMigrations, openServer } from '@pull-secret/server'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { administratorToken, type ParcelSimulator, startParcelSimulator } from './parcel-simulator.ts'

const configFile = join(import.meta.dirname, '../config.yaml')
const cause = { subject: 'spec', reason: 'cluster_provisioning', traceId: '0af7651916cd43dd8448eb211c80319c' }

const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

describe('a service whose configuration names the module of a registry', () => {
  let folder = ''
  let vendor: ParcelSimulator
  let database: Awaited<ReturnType<typeof openTestDatabase>>

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'custom-registry-'))
    vendor = await startParcelSimulator()
    database = await openTestDatabase({ name: 'custom-registry', prepare: () => Promise.resolve() })
    writeFileSync(join(folder, 'database-url'), database.url)
    writeFileSync(join(folder, 'key-ring.json'), generateKeyRing(Date.now()).reveal())
    writeFileSync(join(folder, 'tokens.json'), JSON.stringify([]))
    writeFileSync(join(folder, 'parcel-token'), administratorToken)
  })
  after(async () => {
    await vendor.close()
    await database.drop()
    rmSync(folder, { recursive: true })
  })

  /** The example's own file, with the secrets and the address of this run. */
  const readConfig = () =>
    loadConfig({
      flags: { config: configFile },
      env: {},
      readFile: (path) =>
        E.right(
          readFileSync(path, 'utf8').replaceAll('./secrets', folder).replace('https://parcel.example.com', vendor.url),
        ),
    })

  it("creates a cluster's credential with that adapter, and revokes it", async () => {
    const config = right(readConfig())
    const migrations = right(await openMigrations(config.database))
    await migrations.run()
    await migrations.close()
    const root = right(
      await openServer(config, { component: 'spec', version: '0', logStream: new PassThrough().resume() }),
    )
    try {
      right(await root.useCases.generate({ clusterId: 'cls-abc123', cause })())
      expect(vendor.names()).to.have.length(1)
      expect(root.registryStates()).to.deep.equal([
        { registryId: 'edge', state: { kind: 'working' }, isCircuitOpen: false },
      ])
      right(await root.useCases.remove({ clusterId: 'cls-abc123', cause })())
      expect(vendor.names()).to.deep.equal([])
    } finally {
      await root.close()
    }
  })
})
