import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const program = fileURLToPath(new URL('print-loaded-modules.ts', import.meta.url))

const loadedBy = (...args: ReadonlyArray<string>): ReadonlyArray<string> => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--conditions=@pull-secret/source', program, ...args], {
    encoding: 'utf8',
  })
  expect(stderr).to.equal('')
  return JSON.parse(stdout) as ReadonlyArray<string>
}

describe('a server without traces', () => {
  it('loads nothing of OpenTelemetry but the interface that the library of metrics asks for', () => {
    expect(loadedBy()).to.deep.equal(['@opentelemetry/api'])
  })

  it('would be found out: with traces there is more', () => {
    expect(loadedBy('http://127.0.0.1:1')).to.include.members([
      '@opentelemetry/context-async-hooks',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/sdk-trace',
    ])
  })
})
