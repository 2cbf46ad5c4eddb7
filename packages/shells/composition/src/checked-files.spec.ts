import type { OpenRegistry } from '@pull-secret/domain'
import { aRegistry } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import { checkedFiles, reportFileFaults } from './checked-files.ts'

describe('the files of a registry', () => {
  const fault = { field: 'token_file', rule: 'invalid', message: 'token_file: /token does not exist' } as const
  const open = (...faults: ReadonlyArray<typeof fault>): OpenRegistry => ({
    client: { ...aRegistry('quay').client, checkAccess: () => () => Promise.resolve({ kind: 'working' }) },
    fileFaults: () => faults,
    close: () => Promise.resolve(),
  })

  it('are looked at before the vendor is asked, and named where they cannot be used', async () => {
    expect(await checkedFiles(open()).checkAccess(1)()).to.deep.equal({ kind: 'working' })
    expect(await checkedFiles(open(fault, fault)).checkAccess(1)()).to.deep.equal({
      kind: 'failing',
      problem: 'file_unusable',
      detail: `${fault.message}; ${fault.message}`,
    })
  })

  it('are told of when the service starts', () => {
    const lines: Array<unknown> = []
    reportFileFaults(
      {
        log:
          (...line) =>
          () =>
            void lines.push(line),
      },
      'quay',
      [fault],
    )
    expect(lines).to.deep.equal([
      [
        'error',
        'a file of a registry cannot be used',
        { registry: 'quay', field: 'token_file', reason: fault.message },
      ],
    ])
  })
})
