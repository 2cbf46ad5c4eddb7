import { join } from 'node:path'
import { expect } from 'chai'
import { partnerCode, useRhit } from '../testing/rhit-world.ts'
import { useTemporaryDirectory } from '../testing/temporary-directory.ts'
import { startRhitSimulator } from './start-rhit-simulator.ts'

describe('RHIT simulator: state file', () => {
  const directory = useTemporaryDirectory()
  const stateFile = () => join(directory.path, 'rhit.json')
  const rhit = useRhit({ stateFile })

  it('brings accounts, passwords and the names of deleted ones back after a restart', async () => {
    await rhit.ask('POST', '', { name: 'kept', description: 'ours' })
    await rhit.ask('POST', '', { name: 'gone' })
    await rhit.ask('DELETE', '/gone')
    const before = rhit.simulator.serviceAccounts()
    await rhit.simulator.close()
    rhit.simulator = await startRhitSimulator({
      partnerCode,
      ...rhit.server,
      clientAuthority: rhit.authority,
      stateFile: stateFile(),
    })
    expect(rhit.simulator.serviceAccounts()).to.deep.equal(before)
    expect((await rhit.ask('GET', '/gone')).status).to.equal(404)
    expect((await rhit.ask('POST', '', { name: 'gone' })).status).to.equal(409)
  })
})
