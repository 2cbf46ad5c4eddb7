// Here and not beside a source file because it starts the built program, or the one that PULL_SECRET_PROGRAM names.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect } from 'chai'
import { anInstallation, type Installation } from './an-installation.ts'
import { programFile } from './program.ts'

describe('the output of the programFile, when it cannot be written', () => {
  const end = (argv: ReadonlyArray<string>, stdout: number) => {
    const { status, stderr } = spawnSync(process.execPath, [programFile, ...argv], {
      stdio: ['ignore', stdout, 'pipe'],
      encoding: 'utf8',
    })
    return { status, stderr }
  }
  const told = (code: string) => ({
    status: 1,
    stderr: `error: [OUTPUT] standard output cannot be written (${code}): the output is incomplete\n`,
  })

  for (const argv of [['--help'], ['--version'], ['serve', '--help']]) {
    it(`makes ${argv.join(' ')} fail in one sentence`, () => {
      const [full, unwritable] = [openSync('/dev/full', 'w'), openSync('/dev/null', 'r')]
      expect(end(argv, full)).to.deep.equal(told('ENOSPC'))
      expect(end(argv, unwritable)).to.deep.equal(told('EBADF'))
      ;[full, unwritable].forEach((descriptor) => closeSync(descriptor))
    })
  }

  it('is a failure also where a part of it was written', () => {
    const limited = `trap '' XFSZ; ulimit -f 1; exec "$0" "$@" > "$(mktemp)"`
    const { status, stderr } = spawnSync('sh', ['-c', limited, process.execPath, programFile, 'serve', '--help'], {
      encoding: 'utf8',
    })
    expect({ status, stderr }).to.deep.equal(told('EFBIG'))
  })

  it('ends quietly when its reader leaves', () => {
    const piped = `{ "$0" "$@"; echo "ended with $?" >&2; } | true`
    const { stderr } = spawnSync('sh', ['-c', piped, process.execPath, programFile, 'serve', '--help'], {
      encoding: 'utf8',
    })
    expect(stderr).to.equal('ended with 141\n')
  })
})

interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>
}

const started = (child: ChildProcess): Started => {
  const stderr = child.stderr === null ? Promise.resolve('') : text(child.stderr)
  return { child, ended: once(child, 'close').then(async ([code]) => ({ code: code as number, stderr: await stderr })) }
}

/** Sends this very process a signal at the moment when it begins to load the command, bundled or not. */
const signalledWhileLoading = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  registerHooks({ resolve(specifier, context, next) {
    const isOfProgram = /\\/pull-secret\\.m?js$/.test(context.parentURL ?? '')
    if (isOfProgram && !specifier.startsWith('node:')) process.kill(process.pid, 'SIGTERM')
    return next(specifier, context)
  } })`)}`

const asFirstProcess = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc', '--']

const whyNoFirstProcess = (): string | undefined => {
  if (process.getuid?.() !== 0) return 'only root can start the first process of a namespace'
  const [command = '', ...args] = asFirstProcess
  return spawnSync(command, [...args, 'true']).status === 0 ? undefined : 'this machine has no namespaces for processes'
}

describe('a signal', () => {
  let installation: Installation
  before(async () => {
    installation = await anInstallation({ migrated: true })
  })
  after(() => installation.close())

  const run = (prefix: ReadonlyArray<string>, argv: ReadonlyArray<string>, env: Readonly<Record<string, string>>) => {
    const [command = '', ...args] = [...prefix, process.execPath, programFile, ...argv]
    const environment = { PATH: process.env['PATH'], HYPERFLEET_CONFIG: installation.configFile, ...env }
    return started(spawn(command, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] }))
  }

  const expected: ReadonlyArray<readonly [ReadonlyArray<string>, number]> = [
    [['serve'], 0],
    [['serve', '--migrate'], 0],
    [['migrate'], 143],
    [['jobs', 'run', 'recovery'], 143],
    [['get', 'cls-abc123'], 143],
    [['stuck', '--watch'], 0],
  ]
  for (const [place, prefix] of [
    ['an ordinary process', []],
    ['the first process of a container', asFirstProcess],
  ] as const) {
    for (const [argv, code] of prefix.length === 0 ? expected.slice(1, 3) : expected) {
      it(`that comes while ${argv.join(' ')} is loaded ends it in order, in ${place}`, async function () {
        const reason = prefix.length === 0 ? undefined : whyNoFirstProcess()
        if (reason !== undefined) this.skip(reason)
        const { child, ended } = run(prefix, argv, { NODE_OPTIONS: `--import=${signalledWhileLoading}` })
        child.stdout?.resume()
        expect(await ended).to.have.property('code', code)
      })
    }
  }

  /** A new pipe; nothing where this machine makes none. */
  const aPipe = (): string | undefined => {
    const path = join(installation.directory, 'pipe')
    rmSync(path, { force: true })
    return spawnSync('sh', ['-c', 'mkfifo "$0"', path]).status === 0 ? path : undefined
  }

  const server = { HYPERFLEET_PULL_SECRET_SERVER: 'http://127.0.0.1:1' }
  for (const [argv, env, code] of [
    [['get', 'cls-abc123', '--token-file'], server, 143],
    [['get', 'cls-abc123', '--config'], {}, 143],
    [['migrate', '--config'], {}, 143],
    [['rollout'], {}, 143],
    [['audit', 'verify', '--config'], {}, 143],
    [['doctor', '--config'], {}, 143],
    [['keys', 'new', '--show-secret', '--ring'], {}, 143],
    [['serve', '--config'], {}, 0],
  ] as const) {
    it(`ends ${argv.join(' ')} although the pipe that it names says nothing`, async function () {
      const pipe = aPipe()
      if (pipe === undefined) return this.skip('this machine has no mkfifo')
      const { child, ended } = run([], [...argv, pipe], env)
      // Opened once the program has begun to read it.
      const silentWriter = await open(pipe, 'w')
      child.stdout?.resume()
      child.kill('SIGTERM')
      try {
        expect(await ended).to.have.property('code', code)
      } finally {
        child.kill('SIGKILL')
        await silentWriter.close()
      }
    })
  }

  it('is not needed where a pipe brings the configuration', () => {
    const piped = `cat "$1" | "$2" "$3" registries list --config /dev/stdin`
    const argv = ['-c', piped, 'sh', installation.configFile, process.execPath, programFile]
    expect(spawnSync('sh', argv, { encoding: 'utf8' })).to.deep.include({ status: 0, stderr: '' })
  })

  const serving = async () => {
    const { child, ended } = run([], ['serve'], {})
    let [log, url] = ['', '']
    while (url === '') {
      const [chunk] = (await once(child.stdout as NodeJS.EventEmitter, 'data')) as [Buffer]
      log += chunk.toString()
      url = /"message":"serving".*"url":"([^"]+)"/.exec(log)?.[1] ?? ''
    }
    const ask = () =>
      new Promise<number | undefined>((resolve, reject) => {
        request(`${url}/v1/nothing`, (response) => {
          response.resume().once('end', () => resolve(response.statusCode))
        })
          .once('error', reject)
          .end()
      })
    return { child, ended, ask }
  }

  it('finds a service that serves on although the reader of its log left, which it said', async () => {
    const { child, ended, ask } = await serving()
    child.stdout?.destroy()
    for (let count = 0; count < 3; count += 1) expect(await ask()).to.equal(404)
    child.kill('SIGTERM')
    const { code, stderr } = await ended
    expect(code).to.equal(0)
    expect(stderr).to.match(/^error: log lines are lost \(EPIPE\); the service goes on\n$/)
  })

  it('ends a service although the reader of its log reads no more', async () => {
    const { child, ended, ask } = await serving()
    child.stdout?.pause()
    for (let count = 0; count < 1000; count += 1) expect(await ask()).to.equal(404)
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    expect((await exited)[0]).to.equal(0)
    child.stdout?.resume()
    await ended
  })
})
