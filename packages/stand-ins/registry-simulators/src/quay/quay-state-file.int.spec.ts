import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { call, failureOf } from '../testing/call.ts'
import { useClosing } from '../testing/closing.ts'
import { administratorToken, organization } from '../testing/quay-world.ts'
import { useTemporaryDirectory } from '../testing/temporary-directory.ts'
import { type QuaySimulator, startQuaySimulator } from './start-quay-simulator.ts'

describe('Quay simulator: state file', () => {
  const directory = useTemporaryDirectory()
  const stateFile = () => join(directory.path, 'deep', 'quay.json')
  const closing = useClosing()
  const start = async (name = organization) =>
    closing(
      await startQuaySimulator({
        organization: name,
        administratorTokens: [administratorToken],
        stateFile: stateFile(),
      }),
    )
  const keptRobots = () =>
    (JSON.parse(readFileSync(stateFile(), 'utf8')) as { state: { robots: Array<unknown> } }).state.robots
  const put = ({ url }: QuaySimulator, path: string, body: unknown = {}) =>
    call(`${url}/api/v1/organization/${organization}${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${administratorToken}` },
      body,
    })

  it('brings robots, tokens and teams back after a restart', async () => {
    const first = await start()
    await put(first, '/robots/one', { description: 'ours', unstructured_metadata: { row: '7' } })
    await put(first, '/team/readers', { role: 'member' })
    await put(first, `/team/readers/members/${organization}%2Bone`)
    const before = first.robots()
    await first.close()
    const second = await start()
    expect(second.robots()).to.deep.equal(before)
    expect(second.teams()).to.deep.equal(['readers'])
  })

  it('has written a change before it is answered, whole, for its owner only', async () => {
    const simulator = await start()
    await put(simulator, '/robots/one')
    expect(keptRobots()).to.have.length(1)
    expect(statSync(stateFile()).mode & 0o777).to.equal(0o600)
    expect(readdirSync(join(directory.path, 'deep'))).to.deep.equal(['quay.json'])
  })

  it('has written a change whose answer was lost', async () => {
    const simulator = await start()
    simulator.faults.add({ operation: 'createRobot', fault: { kind: 'resetAfter' } })
    expect(await failureOf(put(simulator, '/robots/one'))).to.equal('ECONNRESET')
    expect(keptRobots()).to.have.length(1)
  })

  it("refuses another organization's file and one that is none, without quoting it", async () => {
    const simulator = await start()
    await put(simulator, '/robots/one')
    await simulator.close()
    expect(await failureOf(start('other'))).to.match(/holds the organization acme/)
    writeFileSync(stateFile(), 'SECRET{')
    expect(await failureOf(start()))
      .to.match(/is not a state file/)
      .and.not.match(/SECRET/)
  })
})
