// Here and not beside a source file because it runs whole commands, at a server and on a database.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { expect } from 'chai'
import { anInstallation, type Installation } from './an-installation.ts'

const abortedBy = (signal: string): AbortSignal => AbortSignal.abort(signal)

describe('a command that a signal cuts short', () => {
  let installation: Installation
  before(async () => {
    installation = await anInstallation({ migrated: true })
  })
  after(() => installation.close())

  const commands = [
    ['generate', 'cls-abc123'],
    ['rollout', '-'],
    ['get', 'cls-abc123'],
    ['delete', 'cls-abc123', '--wait'],
    ['registries', 'list'],
    ['registries', 'check'],
    ['replicas'],
    ['clusters', 'list'],
    ['clusters', 'show', 'cls-abc123'],
    ['stuck'],
    ['audit', 'list'],
    ['jobs', 'run', 'recovery'],
    ['doctor'],
    ['migrate'],
    ['migrate', '--print-sql'],
  ]
  for (const argv of commands) {
    it(`does nothing when it comes before ${argv.join(' ')} began`, async () => {
      const terminated = await installation.run(argv, { stop: abortedBy('SIGTERM') })
      expect(terminated).to.deep.include({ code: 143, stdout: '' })
      expect(terminated.stderr).to.include('[INTERRUPTED] stopped by SIGTERM')
      expect((await installation.run(argv, { stop: abortedBy('SIGINT') })).code).to.equal(130)
      expect(installation.quay.robots()).to.deep.equal([])
    })
  }

  it('does not serve, and ends as a service that stopped in order', async () => {
    for (const argv of [['serve'], ['serve', '--migrate']])
      expect(await installation.run(argv, { stop: abortedBy('SIGTERM') })).to.deep.equal({
        code: 0,
        stdout: '',
        stderr: '',
      })
  })

  it('finishes what it began on the database, and says that it was cut short', async () => {
    const stopping = new AbortController()
    installation.quay.faults.add({ operation: 'createRobot', fault: { kind: 'hang' } })
    const running = installation.run(['generate', 'cls-begun01'], { stop: stopping.signal })
    await installation.quay.faults.untilHeld(1)
    stopping.abort('SIGTERM')
    await installation.quay.faults.release()
    expect((await running).code).to.equal(143)
    expect((await installation.run(['get', 'cls-begun01'])).code).to.equal(0)
  })

  it('leaves a server that does not answer', async () => {
    const stopping = new AbortController()
    const silent = createServer(() => stopping.abort('SIGINT')).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    for (const argv of [['get', 'cls-abc123'], ['stuck'], ['doctor'], ['jobs', 'run', 'recovery']]) {
      const { code } = await installation.run([...argv, '--server', `http://127.0.0.1:${String(port)}`], {
        stop: stopping.signal,
        env: { HYPERFLEET_PULL_SECRET_TOKEN: 'synthetic' },
      })
      expect(code).to.equal(130)
    }
    silent.closeAllConnections()
    silent.close()
  })

  it('stops reading a token that nobody writes', async () => {
    const stopping = new AbortController()
    const stdin = new Readable({ read: () => stopping.abort('SIGINT') })
    const argv = ['tokens', 'hash', '--subject', 'adapter', '--permission', '*']
    expect((await installation.run(argv, { stdin, stop: stopping.signal })).code).to.equal(130)
  })

  it('reads no token that does not end', async () => {
    const endless = new Readable({
      read() {
        this.push('x'.repeat(65_536))
      },
    })
    const argv = ['tokens', 'hash', '--subject', 'adapter', '--permission', '*']
    const { code, stderr } = await installation.run(argv, { stdin: endless })
    expect([code, stderr]).to.satisfy(([exit, told]: [number, string]) => exit === 2 && told.includes('1 MiB'))
  })

  it('stops waiting for the proof of a deletion', async () => {
    const stopping = new AbortController()
    installation.quay.faults.add({ operation: 'deleteRobot', fault: { kind: 'status', status: 503 } })
    await installation.run(['generate', 'cls-waiting1'])
    const { code } = await installation.run(['delete', 'cls-waiting1', '--wait'], {
      stop: stopping.signal,
      sleep: () => {
        stopping.abort('SIGTERM')
        return Promise.resolve()
      },
    })
    expect(code).to.equal(143)
  })
})
