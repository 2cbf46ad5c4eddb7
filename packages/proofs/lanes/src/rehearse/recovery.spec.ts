import { expect } from 'chai'
import type { Attempt } from './journal.ts'
import { recoveryOf } from './recovery.ts'

const anAttempt = (more: Partial<Attempt> = {}): Attempt => ({
  kind: 'get',
  replica: 'replica 1',
  isFar: false,
  beganAt: 1000,
  endedAt: 1010,
  status: 200,
  ...more,
})

const disturbance = { name: 'SIGKILL', beganAt: 1000, readyAt: 4000 }
const cut = { status: undefined }

describe('the recovery from a disturbance', () => {
  it('takes until the last request that was not answered at first, and until all replicas are ready', () => {
    const attempts = [
      anAttempt({ ...cut, beganAt: 990, endedAt: 1001 }),
      anAttempt({ status: 503, beganAt: 1400, endedAt: 1500 }),
      anAttempt({ beganAt: 2000, endedAt: 2001 }),
    ]
    expect(recoveryOf(disturbance, 9000, attempts)).to.deep.equal({
      askedAgain: 2,
      noticedSeconds: 0.5,
      readySeconds: 3,
    })
  })

  it('is not noticed where every request is answered, be it with a refusal', () => {
    expect(recoveryOf(disturbance, 9000, [anAttempt(), anAttempt({ status: 404 })])).to.include({
      askedAgain: 0,
      noticedSeconds: 0,
    })
  })

  it('leaves out what came before, what the next disturbance caused, and who waited for a vendor', () => {
    const attempts = [
      anAttempt({ ...cut, beganAt: 900, endedAt: 999 }),
      anAttempt({ ...cut, beganAt: 8990, endedAt: 9001 }),
      anAttempt({ kind: 'generate', status: 503 }),
    ]
    expect(recoveryOf(disturbance, 9000, attempts).askedAgain).to.equal(0)
  })
})
