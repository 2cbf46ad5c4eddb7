// Here and not beside a source file because it plays the whole server.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect } from 'chai'
import openapiTypes, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import type { RunningServer } from '../src/index.ts'
import { operatorToken } from './a-server.ts'
import { startService } from './a-service.ts'
import { ask } from './ask.ts'

/** What somebody writes who knows the service by its description alone. */
const program = `
import createClient from 'openapi-fetch'
import type { components, paths } from './service.ts'

type PullSecret = components['schemas']['PullSecret']

export const liveThrough = async (baseUrl: string, token: string): Promise<ReadonlyArray<unknown>> => {
  const client = createClient<paths>({ baseUrl, headers: { Authorization: \`Bearer \${token}\` } })
  const cluster = { params: { path: { cluster_id: 'cls-abc123' } } }
  const none = await client.GET('/v1/clusters/{cluster_id}/pull-secrets', cluster)
  const symbol: string | undefined = none.error?.error.code

  const body = { cloud_provider: 'gcp', region: 'us-east1' }
  const generated = await client.POST('/v1/clusters/{cluster_id}/pull-secrets', { ...cluster, body })
  if (generated.data === undefined) throw new Error(generated.error.detail)
  const expiry: string | null = generated.data.expires_at

  const retrieved = await client.GET('/v1/clusters/{cluster_id}/pull-secrets', {
    params: { ...cluster.params, query: { include_metadata: true } },
  })
  const pullSecret: PullSecret | undefined = retrieved.data
  const states = pullSecret?.registries?.map(({ status }): 'active' | 'pending' | 'failing' => status)

  const { fingerprint } = generated.data
  const verified = await client.POST('/v1/clusters/{cluster_id}/pull-secrets/verification', {
    ...cluster,
    body: { fingerprint },
  })
  const matches: boolean | undefined = verified.data?.matches

  const deleted = await client.DELETE('/v1/clusters/{cluster_id}/pull-secrets', cluster)
  const revocation: 'revoked' | 'revoking' | 'settling' | undefined = deleted.data?.registries['quay']?.status
  return [symbol, expiry, pullSecret?.fingerprint === fingerprint, states, matches, revocation]
}
`

/** The types of the service let none of these through. */
const mistakes = `
import createClient from 'openapi-fetch'
import type { paths } from './service.ts'

const client = createClient<paths>()
const params = { path: { cluster_id: 'cls-abc123' } }
void client.GET('/v1/cluster/{cluster_id}/pull-secrets', { params })
void client.GET('/v1/clusters/{cluster_id}/pull-secrets', {})
void client.POST('/v1/clusters/{cluster_id}/pull-secrets', { params, body: { region: 3 } })
`

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  exactOptionalPropertyTypes: true,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
}

interface Program {
  readonly liveThrough: (baseUrl: string, token: string) => Promise<ReadonlyArray<unknown>>
}

describe('a client that is generated from the description of the API', () => {
  let server: RunningServer
  let folder = ''
  before(async () => {
    server = await startService()
    folder = mkdtempSync(join(tmpdir(), 'generated-client-'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(
      dirname(fileURLToPath(import.meta.resolve('openapi-fetch/package.json'))),
      join(folder, 'node_modules/openapi-fetch'),
    )
    const { text } = await ask(server.url, '/v1/openapi.json', { token: null })
    writeFileSync(join(folder, 'service.ts'), astToString(await openapiTypes(text)))
  })
  after(async () => {
    rmSync(folder, { recursive: true })
    await server.stop()
  })

  it('compiles, takes a cluster through its life, and has no place for a wrong path, parameter or field', async () => {
    const [right, wrong] = [join(folder, 'program.ts'), join(folder, 'mistakes.ts')]
    writeFileSync(right, program)
    writeFileSync(wrong, mistakes)
    const found = ts.getPreEmitDiagnostics(ts.createProgram([right, wrong], options))
    const linesOfMistakes = found.flatMap(({ file, start = 0 }) =>
      file?.fileName === wrong ? [file.getLineAndCharacterOfPosition(start).line] : [],
    )
    expect(linesOfMistakes).to.deep.equal([6, 7, 8])
    const others = found.filter(({ file }) => file?.fileName !== wrong)
    expect(others.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).to.deep.equal([])

    const { liveThrough } = (await import(pathToFileURL(right).href)) as Program
    expect(await liveThrough(server.url, operatorToken)).to.deep.equal([
      'NOT_FOUND',
      null,
      true,
      ['active'],
      true,
      'settling',
    ])
  })
})
