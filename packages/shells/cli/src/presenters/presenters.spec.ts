import { expect } from 'chai'
import { parse } from 'yaml'
import { presentChecks } from './present-checks.ts'
import { presentDeletion } from './present-deletion.ts'
import { presentPullSecret } from './present-pull-secret.ts'
import { presentRegistries } from './present-registries.ts'
import { pairs, table } from './table.ts'
import { render } from './view.ts'

const canary = 'c2VjcmV0LWNhbmFyeQ=='

const body = {
  cluster_id: 'cls-abc123',
  pull_secret: { auths: { 'quay.io': { auth: canary } } },
  dockerconfigjson: `{"auths":{"quay.io":{"auth":"${canary}"}}}`,
  dockerconfigjson_base64: Buffer.from(`{"auths":{"quay.io":{"auth":"${canary}"}}}`).toString('base64'),
  last_rotated_at: null,
  rotation: null,
  fingerprint: 'f'.repeat(64),
  fingerprint_key: 'key-canary',
  created_at: '2026-01-31T00:00:00.000Z',
  expires_at: null,
  refresh_after: null,
  credentials: [
    {
      registry_id: 'quay',
      username: 'acme+robot',
      created_at: '2026-01-31T00:00:00.000Z',
      expires_at: null,
      generation: 1,
    },
  ],
  registries: [
    { registry_id: 'quay', required: true, status: 'active' as const },
    { registry_id: 'edge', required: false, status: 'failing' as const, problem: 'unreachable' },
  ],
}

describe('a pull secret that is printed', () => {
  for (const format of ['table', 'json', 'yaml'] as const) {
    it(`holds no token as ${format}, unless it was asked for`, () => {
      expect(render(presentPullSecret(body, { showSecret: false }), format))
        .to.include('acme+robot')
        .and.not.to.match(/canary|c2VjcmV0/)
      expect(render(presentPullSecret(body, { showSecret: true }), format)).to.include(canary)
    })
  }

  it('tells of every registry, also of one without a credential', () => {
    expect(presentPullSecret(body, { showSecret: false }).text).to.match(/^edge +failing +no +- +- +- +unreachable$/m)
  })

  it('is the same for every kind of program', () => {
    const view = presentPullSecret(body, { showSecret: false })
    expect(parse(render(view, 'yaml'))).to.deep.equal(JSON.parse(render(view, 'json')))
  })
})

describe('a table', () => {
  it('aligns its columns and marks what is absent', () => {
    expect(
      table(
        ['A', 'LONGER'],
        [
          ['wide cell', undefined],
          ['b', 'c'],
        ],
      ),
    ).to.equal('A           LONGER\nwide cell   -\nb           c\n')
  })

  it('lets nobody else move the cursor', () => {
    expect(table(['A'], [['\u001B[2Jgone\r\n']])).not.to.match(/[\u001B\r]|gone\n\n/)
    expect(
      pairs([
        ['Name', '\u001B[2J'],
        ['Absent', undefined],
      ]),
    ).to.equal('Name: \u{FFFD}[2J\n')
  })
})

describe('a deletion that is printed', () => {
  it('says when it is proved, and otherwise where it stands', () => {
    expect(presentDeletion('cls-abc123', { status: 'deleted' })).to.deep.include({
      data: { cluster_id: 'cls-abc123', status: 'deleted' },
    })
    const { text } = presentDeletion('cls-abc123', {
      status: 'deleting',
      incarnation: 1,
      registries: {
        quay: { status: 'settling', settling_until: '2026-01-31T00:05:00.000Z' },
        rhit: { status: 'revoking', problem: 'administrator_refused', stuck: true },
      },
    })
    expect(text)
      .to.match(/^quay +settling +2026-01-31T00:05:00.000Z +no +-$/m)
      .and.to.match(/^rhit +revoking +- +yes +administrator_refused$/m)
  })
})

describe('registries that are printed', () => {
  it('have a column for the check only where there was one', () => {
    const registry = { registry_id: 'quay', type: 'quay', enabled: true, required: true, hosts: ['quay.io'] }
    expect(presentRegistries({ registries: [registry] }).text).not.to.include('ACCESS')
    expect(presentRegistries({ registries: [registry] }).text).to.match(/closed$/m)
    expect(presentRegistries({ registries: [{ ...registry, circuit: 'open' }] }).text).to.match(/open$/m)
    expect(
      presentRegistries({ registries: [{ ...registry, access: { status: 'failing', problem: 'timeout' } }] }).text,
    ).to.match(/failing +timeout$/m)
    const access = { status: 'failing', problem: 'file_unusable', detail: 'token_file: /token does not exist' } as const
    expect(presentRegistries({ registries: [{ ...registry, access }] }).text).to.match(
      /failing +file_unusable: token_file: \/token does not exist$/m,
    )
  })
})

describe('checks that are printed', () => {
  it('stand on one line each, a hint below those that failed', () => {
    expect(
      presentChecks([
        { name: 'key ring', status: 'ok' },
        { name: 'schema', status: 'failed', detail: 'missing', hint: 'run pull-secret migrate' },
      ]).text,
    ).to.equal('ok       key ring\nfailed   schema: missing\n         → run pull-secret migrate\n')
  })
})
