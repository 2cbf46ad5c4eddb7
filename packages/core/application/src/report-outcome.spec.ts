import { aCredential } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import { makeNotedLogger } from '../test/noted-logger.ts'
import { makeNotedMeter } from '../test/noted-meter.ts'
import { makeReportOutcome } from './index.ts'

describe('report outcome', () => {
  const reported = (outcome: { readonly kind: string; readonly problem?: string }) => {
    const { logger, lines } = makeNotedLogger()
    const { meter, counts } = makeNotedMeter()
    makeReportOutcome({ logger, meter })('create', aCredential(), outcome)()
    return { lines, counts }
  }

  it('counts and logs a success', () => {
    expect(reported({ kind: 'created' })).to.deep.equal({
      counts: [['credential_operations_total', { registry: 'quay', operation: 'create', status: 'success' }]],
      lines: [
        [
          'info',
          'create at the registry: created',
          {
            registry: 'quay',
            cluster_id: 'cls-abc123',
            operation: 'create',
            credential_id: 'credential-1',
            problem: undefined,
          },
        ],
      ],
    })
  })

  it('counts and logs a failure, a name that is lost included', () => {
    expect(reported({ kind: 'refused', problem: 'quota' })).to.deep.equal({
      counts: [['credential_operations_total', { registry: 'quay', operation: 'create', status: 'failure' }]],
      lines: [
        [
          'warn',
          'create at the registry: refused',
          {
            registry: 'quay',
            cluster_id: 'cls-abc123',
            operation: 'create',
            credential_id: 'credential-1',
            problem: 'quota',
          },
        ],
      ],
    })
    expect(reported({ kind: 'name_burnt' }).lines[0]?.[0]).to.equal('warn')
  })
})
