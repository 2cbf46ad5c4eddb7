// Here and not beside a source file because it runs whole commands at a server that means no good.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { parse } from 'yaml'
import { runCommand } from './an-installation.ts'

const hostile = '\u001B[2J\u001B]0;title\u0007 \u009B31m \u007F \u202Edesrever \u2028 \u200B \u{E0041} \r'
const hazard = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
/** What the command itself writes to a terminal to overwrite its own progress. */
const ownSequence = /\r\u001B\[2K/g

const pullSecret = {
  cluster_id: hostile,
  pull_secret: { auths: { [hostile]: { auth: hostile } } },
  dockerconfigjson: JSON.stringify({ auths: { [hostile]: { auth: hostile } } }),
  dockerconfigjson_base64: hostile,
  last_rotated_at: null,
  rotation: null,
  fingerprint: 'f'.repeat(64),
  fingerprint_key: hostile,
  created_at: '2026-01-31T00:00:00.000Z',
  expires_at: null,
  refresh_after: null,
  incarnation: 1,
  credentials: [
    {
      registry_id: hostile,
      username: hostile,
      created_at: '2026-01-31T00:00:00.000Z',
      expires_at: null,
      generation: 1,
    },
  ],
  registries: [{ registry_id: hostile, required: true, status: 'failing', problem: hostile }],
}

const registries = {
  registries: [
    {
      registry_id: hostile,
      type: hostile,
      enabled: true,
      required: true,
      hosts: [hostile],
      access: { status: 'failing', problem: hostile },
    },
  ],
}

const cluster = {
  cluster_id: hostile,
  state: 'live',
  incarnation: 1,
  external_id: hostile,
  cloud_provider: hostile,
  region: hostile,
  created_at: '2026-01-31T00:00:00.000Z',
  published_at: null,
  oldest_credential_at: '2026-01-31T00:00:00.000Z',
  ban: { reason: hostile, banned_by: hostile, banned_at: '2026-01-31T00:00:00.000Z' },
  registries: [
    {
      registry_id: hostile,
      state: hostile,
      generation: 1,
      created_at: '2026-01-31T00:00:00.000Z',
      problem: hostile,
    },
  ],
}

const replica = {
  replica_id: hostile,
  component: hostile,
  host: hostile,
  version: hostile,
  ledger_protocol: 1,
  key_ids: [hostile],
  started_at: '2026-01-31T00:00:00.000Z',
  seen_at: '2026-01-31T00:00:00.000Z',
  alive: true,
}

const stuck = {
  credential_id: hostile,
  cluster_id: hostile,
  registry_id: hostile,
  vendor_name: hostile,
  work: 'create',
  since: '2026-01-31T00:00:00.000Z',
  attempts: 1,
  next_attempt_at: null,
  next_step: hostile,
  problem: hostile,
}

const record = {
  id: hostile,
  at: '2026-01-31T00:00:00.000Z',
  kind: 'change',
  action: hostile,
  outcome: 'success',
  cluster_id: hostile,
  credential_id: hostile,
  registry_id: hostile,
  subject: hostile,
  reason: hostile,
  trace_id: hostile,
  metadata: { [hostile]: hostile },
}

const health = { status: 'degraded', components: { [hostile]: { status: 'failing', problem: hostile } } }

const deletion = {
  status: 'deleting',
  incarnation: 1,
  registries: { [hostile]: { status: 'revoking', problem: hostile } },
}

const ban = {
  cluster_id: hostile,
  banned: true,
  reason: hostile,
  banned_by: hostile,
  banned_at: '2026-01-31T00:00:00.000Z',
  revoked: false,
  registries: deletion.registries,
}

const problem = {
  type: hostile,
  title: hostile,
  status: 503,
  detail: `${hostile}\nerror: [FORGED] a line of somebody else`,
  instance: hostile,
  timestamp: '2026-01-31T00:00:00.000Z',
  trace_id: hostile,
  code: hostile,
  errors: [{ field: hostile, code: hostile, message: hostile }],
  error: {
    code: 'SERVICE_UNAVAILABLE',
    message: hostile,
    details: { registries: [{ registry_id: hostile, status: hostile, problem: hostile }] },
  },
}

interface Said {
  readonly status: number
  readonly body: unknown
}

describe('what a hostile server says', () => {
  let server: Server
  let url: string
  let said: Said = { status: 200, body: {} }

  before(async () => {
    server = createServer((_request, response) => {
      response.writeHead(said.status, { 'content-type': 'application/json', 'retry-after': 'x\t\u009B31m' })
      response.end(JSON.stringify(said.body))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  })
  after(() => server.close())

  const at = async (argv: ReadonlyArray<string>, answer: Said, isTTY: boolean) => {
    said = answer
    return runCommand([...argv, '--server', url], { isTTY, env: { HYPERFLEET_PULL_SECRET_TOKEN: 'synthetic' } })
  }

  const answers: ReadonlyArray<readonly [ReadonlyArray<string>, Said]> = [
    [['get', 'cls-abc123'], { status: 200, body: pullSecret }],
    [['get', 'cls-abc123', '--show-secret'], { status: 200, body: pullSecret }],
    [['generate', 'cls-abc123'], { status: 200, body: pullSecret }],
    [['delete', 'cls-abc123'], { status: 202, body: deletion }],
    [['delete', 'cls-abc123', '--wait', '--timeout', '1'], { status: 202, body: deletion }],
    [['ban', 'cls-abc123', '--reason', 'x'], { status: 200, body: ban }],
    [['ban', 'cls-abc123', '--reason', 'x', '--wait', '--timeout', '1'], { status: 200, body: ban }],
    [['unban', 'cls-abc123'], { status: 200, body: { ...ban, banned: false } }],
    [['registries', 'list'], { status: 200, body: registries }],
    [['registries', 'check'], { status: 200, body: registries }],
    [['doctor'], { status: 200, body: { ...registries, ...health } }],
    [['clusters', 'list'], { status: 200, body: { clusters: [cluster], next_cursor: null } }],
    [['clusters', 'show', 'cls-abc123'], { status: 200, body: cluster }],
    [['replicas'], { status: 200, body: { replicas: [replica] } }],
    [['stuck'], { status: 200, body: { stuck: [stuck], next_cursor: null } }],
    [['audit', 'list'], { status: 200, body: { records: [record], next_cursor: null } }],
    [['jobs', 'run', 'recovery'], { status: 200, body: { job: hostile, finished: true, summary: { [hostile]: 1 } } }],
  ]
  const asked = [...new Set(answers.map(([argv]) => argv.join(' ')))]

  for (const [argv, answer] of answers) {
    for (const format of ['table', 'json', 'yaml']) {
      it(`moves no cursor with ${argv.join(' ')} -o ${format}`, async () => {
        for (const isTTY of [true, false]) {
          const { stdout, stderr } = await at([...argv, '-o', format], answer, isTTY)
          expect(stdout.length).to.be.above(0)
          expect(stdout).not.to.match(hazard)
          expect(stderr.replaceAll(ownSequence, '')).not.to.match(hazard)
        }
      })
    }
  }

  for (const argv of asked) {
    it(`moves no cursor and forges no line with a problem for ${argv}`, async () => {
      const { stdout, stderr } = await at(argv.split(' '), { status: 503, body: problem }, true)
      const shown = stdout + stderr.replaceAll(ownSequence, '')
      expect(shown).to.include('[2J').and.not.to.match(hazard)
      expect(shown).not.to.match(/^error: \[FORGED\]/m)
    })
  }

  it('reaches programs as it was said', async () => {
    const argv = ['get', 'cls-abc123', '--show-secret']
    const read = [
      JSON.parse((await at([...argv, '-o', 'json'], { status: 200, body: pullSecret }, false)).stdout),
      parse((await at([...argv, '-o', 'yaml'], { status: 200, body: pullSecret }, false)).stdout),
    ] as ReadonlyArray<typeof pullSecret>
    for (const value of read) expect(value).to.deep.include(pullSecret)
    const bare = await at(['get', 'cls-abc123', '-o', 'dockerconfigjson'], { status: 200, body: pullSecret }, false)
    expect(bare.stdout).to.equal(pullSecret.dockerconfigjson)
    const shown = await at([...argv, '-o', 'dockerconfigjson'], { status: 200, body: pullSecret }, true)
    expect(shown.stdout).to.match(/\n$/).and.not.to.match(hazard)
  })
})
