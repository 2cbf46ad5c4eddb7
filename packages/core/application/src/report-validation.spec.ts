import type { Validation } from '@pull-secret/domain'
import { aCredential } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import { makeNotedLogger } from '../test/noted-logger.ts'
import { makeNotedMeter } from '../test/noted-meter.ts'
import { makeReportValidation } from './report-validation.ts'

describe('report validation', () => {
  const reported = (validation: Validation) => {
    const { logger, lines } = makeNotedLogger()
    const { meter, counts } = makeNotedMeter()
    makeReportValidation({ logger, meter })(aCredential(), validation)()
    return { counts, lines: lines.map(([level, message, fields]) => [level, message, fields?.['problem']]) }
  }

  it('counts and logs each verdict, and warns of all but a good one', () => {
    expect(reported({ kind: 'valid' })).to.deep.equal({
      counts: [['credential_validations_total', { registry: 'quay', result: 'valid' }]],
      lines: [['debug', 'a login with a published credential: valid', undefined]],
    })
    expect(reported({ kind: 'invalid' }).lines).to.deep.equal([
      ['warn', 'a login with a published credential: invalid', undefined],
    ])
    expect(reported({ kind: 'indeterminate', problem: 'timeout' })).to.deep.equal({
      counts: [['credential_validations_total', { registry: 'quay', result: 'indeterminate' }]],
      lines: [['warn', 'a login with a published credential: indeterminate', 'timeout']],
    })
  })
})
