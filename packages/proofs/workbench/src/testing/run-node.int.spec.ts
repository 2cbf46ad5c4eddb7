import { expect } from 'chai'
import { runNode } from './run-node.ts'

const run = async (program: string) => {
  const said = { out: '', err: '' }
  const exitCode = await runNode(['--eval', program], {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
  })
  return { exitCode, ...said }
}

describe('run node', () => {
  it('gives all that a program writes, and how it ended', async () => {
    const program = `process.stdout.write('o'.repeat(300000)); console.error('e'); process.exitCode = 3`
    expect(await run(program)).to.deep.equal({ exitCode: 3, out: 'o'.repeat(300_000), err: 'e\n' })
  })

  it('takes a program that was killed for one that failed', async () => {
    expect(await run(`process.kill(process.pid, 'SIGKILL')`)).to.deep.equal({ exitCode: 1, out: '', err: '' })
  })

  it('does not wait for what a program left behind', async () => {
    const leave = `require('node:child_process').spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 20000)'],
      { stdio: 'inherit', detached: true })`
    const { exitCode, out } = await run(`const child = ${leave}; console.log(child.pid); process.exit()`)
    process.kill(Number(out))
    expect(exitCode).to.equal(0)
  })
})
