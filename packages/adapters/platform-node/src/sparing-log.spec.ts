import type { Logger } from '@pull-secret/domain'
import { expect } from 'chai'
import { makeSparingLog } from './sparing-log.ts'

const aLog = () => {
  let now = 0
  const lines: Array<string> = []
  const logger: Logger = {
    log: (level, message, fields) => () => void lines.push(`${level} ${message} ${JSON.stringify(fields)}`),
  }
  const log = makeSparingLog({ logger, clock: { monotonic: () => now } })
  const wait = (seconds: number): void => {
    now += seconds * 1000
  }
  return { log, lines, wait }
}

describe('a sparing log', () => {
  it('writes one line a minute and cause, and says how many it left out', () => {
    const { log, lines, wait } = aLog()
    for (let second = 0; second < 61; second += 1) {
      log('one', 'error', 'it failed', { error_code: 'one' })
      wait(1)
    }
    expect(lines).to.deep.equal([
      'error it failed {"error_code":"one"}',
      'error it failed {"error_code":"one","left_out":59}',
    ])
  })

  it('keeps one cause from hiding another', () => {
    const { log, lines } = aLog()
    log('one', 'error', 'it failed')
    log('two', 'warn', 'that failed')
    expect(lines).to.have.length(2)
  })

  it('remembers a bounded number of causes', () => {
    const { log, lines } = aLog()
    for (let cause = 0; cause < 201; cause += 1) log(String(cause), 'error', 'it failed')
    log('200', 'error', 'it failed')
    log('0', 'error', 'it failed')
    expect(lines).to.have.length(202)
  })
})
