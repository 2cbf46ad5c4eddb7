import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'

describe('the example that embeds the service', () => {
  it('tells what it did', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--conditions=@pull-secret/source',
      join(import.meta.dirname, 'index.ts'),
    ])
    expect(stdout.trim().split('\n')).to.deep.equal([
      'cls-abc123: written',
      'cls-abc123 again: current',
      'cls-abc124: written',
      'cls-abc123 may pull from quay.io and registry.redhat.io',
      'cls-abc123 is deleting',
    ])
  })
})
