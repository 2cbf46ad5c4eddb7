import {
  associatedDataOf,
  type CallTerms,
  type Credential,
  makeRegistries,
  secretText,
  type Validation,
} from '@pull-secret/domain'
import { aCause, aCluster, aCredential, aRegistry } from '@pull-secret/domain/testing'
import { makeInMemoryCipher } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { makeNotedClock } from '../test/noted-clock.ts'
import { makeNotedLedger } from '../test/noted-ledger.ts'
import { makeNotedLogger } from '../test/noted-logger.ts'
import { makeRecordAnswer, makeValidateCredential } from './index.ts'

const cipher = makeInMemoryCipher()
const sealed = cipher.seal(secretText('token'), associatedDataOf({ id: 'credential-1', registryId: 'quay' }))
const sealedToken = E.isRight(sealed) ? sealed.right : ''

describe('validate credential', () => {
  const validate = async (validation: Validation | undefined, given: Partial<Credential> = {}) => {
    const logins: Array<readonly [login: string, terms: CallTerms]> = []
    const row = aCredential({ state: 'active', nextWork: 'validate', username: 'robot', sealedToken, ...given })
    const { ledger, records } = makeNotedLedger(aCluster(), row)
    const reports: Array<string> = []
    const { logger, lines } = makeNotedLogger()
    const { clock, alarms } = makeNotedClock(4000)
    const quay = aRegistry('quay', {
      client: {
        validateCredential: ({ username, token, terms }) => {
          logins.push([`${username}:${token.reveal()}`, terms])
          return () => (validation === undefined ? Promise.reject(new Error('a bug')) : Promise.resolve(validation))
        },
      },
    })
    const result = await makeValidateCredential({
      recordAnswer: makeRecordAnswer({ ledger, clock }),
      registries: makeRegistries([quay]),
      cipher,
      clock,
      reportValidation:
        ({ id }, { kind }) =>
        () => {
          reports.push(`${id} ${kind}`)
        },
      logger,
    })(row, { askedAt: 1000, priority: 'due', cause: aCause() })()
    const [noted] = records[0]?.decision.transitions ?? []
    const after = noted?.kind === 'credential_noted' ? noted.after : undefined
    return { logins, records, reports, lines, alarms, result, after }
  }

  it('logs in as the cluster would, and records the verdict under the lease', async () => {
    const { logins, records, reports, alarms, after, result } = await validate({ kind: 'valid' })
    expect([logins, alarms]).to.deep.equal([[['robot:token', { deadline: 26_000, priority: 'due' }]], [26_000]])
    expect(records.map(({ lease }) => lease.attemptId)).to.deep.equal(['attempt-1'])
    expect(reports).to.deep.equal(['credential-1 valid'])
    expect([after?.verdict, result]).to.deep.equal(['valid', E.right('done')])
  })

  it('tells that somebody has to look once a registry refuses for good', async () => {
    const { after, result } = await validate({ kind: 'invalid' }, { tries: 2, problem: 'login_refused' })
    expect([after?.verdict, result]).to.deep.equal(['invalid', E.right('refused')])
  })

  it('takes a token that cannot be opened for neither yes nor no, and asks nobody', async () => {
    const { logins, after, reports } = await validate({ kind: 'valid' }, { sealedToken: 'damaged' })
    expect([logins, after?.verdict, after?.tries, reports]).to.deep.equal([
      [],
      undefined,
      1,
      ['credential-1 indeterminate'],
    ])
  })

  it('records nothing that broke off, and says so in the log', async () => {
    const { records, result, lines } = await validate(undefined)
    expect([records.length, E.isLeft(result) && result.left.code]).to.deep.equal([0, 'LEDGER_UNAVAILABLE'])
    expect(lines.map(([, message]) => message)).to.deep.equal(['a validation ended unexpectedly'])
  })

  it('leaves a row to others whose registry is not configured', async () => {
    const { logins, records, result } = await validate({ kind: 'valid' }, { registryId: 'gone' })
    expect([logins, records, result]).to.deep.equal([[], [], E.right('waiting')])
  })
})
