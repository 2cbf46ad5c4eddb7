import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, watch } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect } from 'chai'
import pg from 'pg'
import { runStatement } from './databases.ts'
import { makeTemporaryFolder } from './make-temporary-folder.ts'
import { openTestDatabase } from './testing.ts'

describe('openTestDatabase', () => {
  it('gives each caller a database of its own, copied from a template prepared once', async () => {
    let preparations = 0
    const options = {
      name: 'numbers',
      prepare: (url: string) => {
        preparations += 1
        return runStatement(url, 'CREATE TABLE numbers (value int)')
      },
    }
    const [first, second] = await Promise.all([openTestDatabase(options), openTestDatabase(options)])
    expect(first.url).not.to.equal(second.url)
    await runStatement(first.url, 'DROP TABLE numbers')
    await runStatement(second.url, 'INSERT INTO numbers VALUES (1)')
    await Promise.all([first.drop(), second.drop()])
    expect(preparations).to.equal(1)
    expect(await runStatement(first.url, 'SELECT 1').catch((error: unknown) => error)).to.have.property('code', '3D000')
  })

  it('lets a session that is ending end before it drops the database', async () => {
    const database = await openTestDatabase({ name: 'ending', prepare: () => Promise.resolve() })
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    const last = client.query('select pg_sleep(0.1)').finally(() => client.end())
    await database.drop()
    await last
  })

  it('drops a database although a session stays in it', async () => {
    const database = await openTestDatabase({ name: 'occupied', prepare: () => Promise.resolve() })
    const client = new pg.Client({ connectionString: database.url })
    const ended = new Promise((resolve) => client.on('error', resolve))
    await client.connect()
    await database.drop()
    expect(await ended).to.have.property('code', '57P01')
  })

  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    it(`leaves no file behind when the process ends by ${signal}`, async () => {
      const temporary = await makeTemporaryFolder()
      const script = `
        import { openTestDatabase } from ${JSON.stringify(new URL('./testing.ts', import.meta.url))}
        await openTestDatabase({ name: 'left', prepare: async () => {} })
        console.log('open')
        setInterval(() => {}, 1000)`
      const child = spawn(process.execPath, [...process.execArgv, '--input-type=module', '--eval', script], {
        env: { ...process.env, TMPDIR: temporary },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await once(createInterface(child.stdout), 'line')
      const [left] = await readdir(temporary)
      const removed = new Promise<void>((resolve) => {
        const watcher = watch(temporary, { persistent: false }, () => {
          if (existsSync(join(temporary, left ?? ''))) return
          watcher.close()
          resolve()
        })
      })
      child.kill(signal)
      await removed
      await rm(temporary, { recursive: true })
    })
  }
})
