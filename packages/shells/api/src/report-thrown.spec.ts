import type { LogFields, Logger } from '@pull-secret/domain'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Api } from './api.ts'
import { reportThrown } from './report-thrown.ts'

describe('report thrown', () => {
  const lines: Array<readonly [string, string, LogFields | undefined]> = []
  const logger: Logger = { log: (level, message, fields) => () => void lines.push([level, message, fields]) }
  const caller = { subject: 'embedded', traceId: 'a1b2' }
  const throwing = {
    retrievePullSecret: () => () => Promise.reject(new TypeError('canary')),
    listRegistries: () => {
      throw new TypeError('canary')
    },
    runJob: () => TE.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 }),
  } as unknown as Api

  it('logs the kind of error with operation and trace, and answers that it is internal', async () => {
    const answer = await reportThrown(throwing, logger).retrievePullSecret({ parameters: {} }, caller)()
    expect(answer).to.deep.equal(E.left({ code: 'INTERNAL' }))
    expect(lines).to.have.length(1)
    expect(lines[0]?.[0]).to.equal('error')
    expect(lines[0]?.[2]).to.include({ operation: 'retrievePullSecret', trace_id: 'a1b2', error: 'TypeError' })
    expect(await reportThrown(throwing, logger).listRegistries({ parameters: {} }, caller)()).to.deep.equal(answer)
    expect(lines).to.have.length(2)
    expect(JSON.stringify(lines)).not.to.include('canary')
  })

  it('leaves expected failures as they are', async () => {
    const answer = await reportThrown(throwing, logger).runJob({ parameters: {} }, caller)()
    expect(answer).to.deep.equal(E.left({ code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 }))
    expect(lines).to.have.length(2)
  })
})
