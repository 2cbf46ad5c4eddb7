import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { keptPorts } from './ports.ts'
import { SandboxError } from './sandbox-error.ts'

describe('the ports of the simulators', () => {
  let folder: string
  let file: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-ports-'))
    file = join(folder, 'ports.json')
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  it('stay as they are over restarts', async () => {
    const first = await keptPorts(file)
    expect(new Set(Object.values(first)).size).to.equal(4)
    expect(await keptPorts(file)).to.deep.equal(first)
  })

  for (const use of ['quay', 'rhit', 'rhitRegistry'] as const) {
    it(`are missed in one sentence when that of ${use} is taken`, async () => {
      const ports = await keptPorts(file)
      const other = createServer().listen(ports[use], '127.0.0.1')
      await once(other, 'listening')
      const error = await keptPorts(file).catch((reason: unknown) => reason)
      other.close()
      expect(error)
        .to.be.instanceOf(SandboxError)
        .with.property('message')
        .that.contains(`Port ${String(ports[use])},`)
    })
  }

  it('leave the one of a Distribution registry to whoever runs one', async () => {
    const { distribution } = await keptPorts(file)
    const registry = createServer().listen(distribution, '127.0.0.1')
    await once(registry, 'listening')
    await keptPorts(file)
    registry.close()
  })

  it('are not guessed when the file is damaged', async () => {
    writeFileSync(file, '{"quay":')
    expect(await keptPorts(file).catch((reason: unknown) => reason))
      .to.be.instanceOf(SandboxError)
      .with.property('message')
      .that.contains('--reset')
  })
})
