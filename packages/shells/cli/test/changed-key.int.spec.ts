// Here and not beside a source file because it runs the whole command on a real database.
import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import { anInstallation, type Installation } from './an-installation.ts'

const aRing = (...ids: ReadonlyArray<string>): string =>
  JSON.stringify({
    writing: ids[0],
    keys: ids.map((id) => ({
      id,
      key: randomBytes(32).toString('base64'),
      created_at: '2026-01-31T00:00:00Z',
    })),
  })

describe('a key that was replaced under its id', () => {
  let installation: Installation
  beforeEach(async () => {
    installation = await anInstallation({ migrated: true })
  })
  afterEach(() => installation.close())

  const generate = () => installation.run(['generate', 'cls-abc123', '--cloud-provider', 'gcp', '--region', 'us-east1'])

  it('is refused at the start and told by the doctor, with its id and what to do', async () => {
    expect((await generate()).code).to.equal(0)
    await installation.file('key-ring.json', aRing('first'))
    const { code, stderr } = await generate()
    expect([code, stderr]).to.satisfy(
      ([exit, text]: [number, string]) =>
        exit === 2 && /key first of the key ring is another key .*put the old key back/.test(text),
    )
    const examined = await installation.run(['doctor'])
    expect([examined.code, examined.stdout]).to.satisfy(
      ([exit, text]: [number, string]) => exit === 8 && /failed +key ring: key first /.test(text),
    )
  })

  it('is not known from the doctor, who only looks', async () => {
    expect((await installation.run(['doctor'])).code).to.equal(0)
    await installation.file('key-ring.json', aRing('first'))
    expect((await generate()).code).to.equal(0)
  })
})
