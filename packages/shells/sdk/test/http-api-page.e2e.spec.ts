import { execFile, spawnSync } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  type Digest,
  fingerprintOf,
  hostFingerprintsOf,
  type PullSecretDocument,
  secretText,
} from '@pull-secret/domain'
import { expect } from 'chai'
import { connect, fingerprint, inMemoryRegistry } from '../src/index.ts'
import { serveInMemory, token } from './serve-in-memory.ts'

const page = readFileSync(new URL('../../../../docs/http-api.md', import.meta.url), 'utf8')
const example = page.slice(page.indexOf('### Example'))

const blockOf = (language: string): string => {
  const [, block = ''] = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'm').exec(example) ?? []
  return block
}

const held = JSON.parse(blockOf('json')) as PullSecretDocument
const [, key = ''] = /^`fingerprint_key`: `([^`]+)`$/m.exec(example) ?? []
const printed = blockOf('text')

const digest: Digest = {
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  hmacSha256: (secret, text) => createHmac('sha256', secret.reveal()).update(text).digest('hex'),
  base64: (text) => Buffer.from(text).toString('base64'),
}

/** Hosts in order and `auth` before `email`, as the service builds it. */
const served: PullSecretDocument = {
  auths: Object.fromEntries(
    Object.keys(held.auths)
      .sort()
      .map((host) => {
        const { auth = '', email } = held.auths[host] ?? {}
        return [host, email === undefined ? { auth } : { auth, email }]
      }),
  ),
}

interface Program {
  readonly language: string
  readonly needs: ReadonlyArray<string>
  readonly file: string
  readonly run: ReadonlyArray<string>
}

const programs: ReadonlyArray<Program> = [
  { language: 'sh', needs: ['sh', 'jq', 'openssl'], file: 'example.sh', run: ['sh', 'example.sh'] },
  { language: 'python', needs: ['python3'], file: 'example.py', run: ['python3', 'example.py'] },
  { language: 'go', needs: ['go'], file: 'example.go', run: ['go', 'run', 'example.go'] },
]

const isInstalled = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0

describe('the fingerprints on the page of the HTTP API', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'fingerprints-'))
    writeFileSync(join(folder, 'config.json'), blockOf('json'))
  })
  after(() => rmSync(folder, { recursive: true }))

  it('are those that the service computes', () => {
    const hosts = hostFingerprintsOf(served, secretText(key), digest)
    const lines = [
      `whole ${fingerprintOf(served, secretText(key), digest)}`,
      ...Object.entries(hosts).map(([host, of]) => `${host} ${of}`),
    ]
    expect(printed).to.equal(`${lines.join('\n')}\n`)
  })

  it('are those that the SDK computes', () => {
    expect(printed).to.include(`whole ${fingerprint(held, key)}\n`)
    for (const [host, entry] of Object.entries(held.auths))
      expect(printed).to.include(`${host} ${fingerprint({ auths: { [host]: entry } }, key)}\n`)
  })

  it('are none that a decoded key would give', () => {
    const decoded = createHmac('sha256', Buffer.from(key, 'base64url')).update(JSON.stringify(served)).digest('hex')
    expect(printed).not.to.include(decoded)
  })

  for (const { language, needs, file, run } of programs) {
    it(`are what the program in ${language} prints`, function () {
      const missing = needs.filter((program) => !isInstalled(program))
      if (missing.length > 0) this.skip(`${missing.join(' and ')} not installed`)
      writeFileSync(join(folder, file), blockOf(language))
      const [command = '', ...args] = run
      const { stdout, stderr } = spawnSync(command, args, {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, FINGERPRINT_KEY: key },
      })
      expect(stdout, stderr).to.equal(printed)
    })
  }
})

describe('the request on the page of the HTTP API', () => {
  const [, command = ''] = /^Then ask the service[^]*?^```sh\n([^]*?)^```/m.exec(example) ?? []
  const needs = ['sh', 'curl'].filter((program) => !isInstalled(program))

  it('asks a service for a verification, as it stands there', async function () {
    if (needs.length > 0) this.skip(`${needs.join(' and ')} not installed`)
    const folder = mkdtempSync(join(tmpdir(), 'http-api-'))
    const service = await serveInMemory([{ id: 'quay', adapter: inMemoryRegistry('quay.io') }])
    const pullSecrets = connect({ baseUrl: service.url, token })
    try {
      await pullSecrets.generate('cls-abc123')
      mkdirSync(join(folder, '.sandbox'))
      writeFileSync(join(folder, '.sandbox/auth-header'), `Authorization: Bearer ${token}\n`)
      const script = command.replace('http://127.0.0.1:8080', service.url)
      const { PATH } = process.env
      const { stdout } = await promisify(execFile)('sh', ['-euc', script], { cwd: folder, env: { PATH } })
      expect(JSON.parse(stdout)).to.deep.equal({ matches: false, hosts: { 'quay.io': 'differs' } })
    } finally {
      await pullSecrets.close()
      await service.close()
      rmSync(folder, { recursive: true })
    }
  })
})
