import type { ConfigMismatch, Logger, OpenRegistry } from '@pull-secret/domain'
import { aRegistry, until } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import { checkedFiles, watchedFiles } from './checked-files.ts'

describe('the files of a registry', () => {
  const fault: ConfigMismatch = {
    field: 'token_file',
    rule: 'invalid',
    message: 'token_file: /token does not exist',
  }
  const open = (...faults: ReadonlyArray<ConfigMismatch>): OpenRegistry => ({
    client: { ...aRegistry('quay').client, checkAccess: () => () => Promise.resolve({ kind: 'working' }) },
    fileFaults: () => faults,
    close: () => Promise.resolve(),
  })

  it('are looked at before the vendor is asked, and named where they cannot be used', async () => {
    expect(await checkedFiles(open()).checkAccess(until(1))()).to.deep.equal({ kind: 'working' })
    expect(await checkedFiles(open(fault, fault)).checkAccess(until(1))()).to.deep.equal({
      kind: 'failing',
      problem: 'file_unusable',
      detail: `${fault.message}; ${fault.message}`,
    })
  })

  it('are told of when the service starts and when one breaks, once each', () => {
    const lines: Array<unknown> = []
    const logger: Logger = {
      log:
        (...line) =>
        () =>
          void lines.push(line),
    }
    const fields = { registry: 'quay', field: 'token_file', reason: fault.message }
    const told = ['error', 'a file of a registry cannot be used', fields]
    const watch = watchedFiles(open(fault), logger, 'quay')
    expect(lines).to.deep.equal([told])
    watch({ kind: 'failing', problem: 'file_unusable' })
    expect(lines).to.deep.equal([told])
    watch({ kind: 'working' })
    watch({ kind: 'failing', problem: 'timeout' })
    expect(lines).to.deep.equal([told])
    watch({ kind: 'failing', problem: 'file_unusable' })
    watch({ kind: 'failing', problem: 'file_unusable' })
    expect(lines).to.deep.equal([told, told])
  })

  it('are told of again when another rule is broken before any call worked', () => {
    const reasons: Array<unknown> = []
    const logger: Logger = {
      log:
        (_level, _message, fields = {}) =>
        () =>
          void reasons.push(fields['reason']),
    }
    let faults = [fault]
    const watch = watchedFiles({ ...open(), fileFaults: () => faults }, logger, 'quay')
    const other = { ...fault, message: 'token_file: /token is not a file' }
    faults = [other]
    watch({ kind: 'failing', problem: 'file_unusable' })
    watch({ kind: 'failing', problem: 'file_unusable' })
    expect(reasons).to.deep.equal([fault.message, other.message])
  })
})
