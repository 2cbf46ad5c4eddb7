import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { expect } from 'chai'
import { call } from '../testing/call.ts'
import { useClosing } from '../testing/closing.ts'
import { administratorToken, organization } from '../testing/quay-world.ts'
import { useTemporaryDirectory } from '../testing/temporary-directory.ts'
import { startQuaySimulator } from './start-quay-simulator.ts'

const program = `
  const { startQuaySimulator } = await import(process.argv[1])
  const { url } = await startQuaySimulator(JSON.parse(process.argv[2]))
  process.stdout.write(url)
`

describe('Quay simulator: a killed process', () => {
  const directory = useTemporaryDirectory()
  const closing = useClosing()
  let child: ChildProcessByStdio<null, Readable, null> | undefined

  afterEach(() => void child?.kill('SIGKILL'))

  it('has lost nothing it answered', async () => {
    const options = {
      organization,
      administratorTokens: [administratorToken],
      stateFile: join(directory.path, 'quay.json'),
    }
    const source = new URL('./start-quay-simulator.ts', import.meta.url).href
    child = spawn(process.execPath, ['--input-type=module', '-e', program, source, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
    const answered = await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        call(`${chunk.toString()}/api/v1/organization/${organization}/robots/${name}`, {
          method: 'PUT',
          headers: { authorization: `Bearer ${administratorToken}` },
        }),
      ),
    )
    child.kill('SIGKILL')
    await once(child, 'exit')

    const again = closing(await startQuaySimulator(options))
    expect(again.robots().map(({ token }) => token)).to.have.members(answered.map(({ json }) => json.token))
  }).timeout(20_000)
})
