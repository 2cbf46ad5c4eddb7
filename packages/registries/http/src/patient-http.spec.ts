import type { Clock } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import type { HttpResult } from './http-message.ts'
import { makePatientHttp } from './patient-http.ts'
import { answered, scriptedHttp } from './testing/scripted-http.ts'

const limited = answered(429)
const url = 'https://registry.example.com/step'

describe('a patient client', () => {
  const setUp = (...answers: ReadonlyArray<HttpResult>) => {
    let time = 0
    const pauses: Array<number> = []
    const clock: Clock = {
      now: () => time,
      monotonic: () => time,
      sleep: (milliseconds) => () => {
        time += milliseconds
        pauses.push(milliseconds)
        return Promise.resolve()
      },
      alarm: () => () => Promise.resolve(),
    }
    const http = scriptedHttp({ 'PUT /step': answers, 'GET /step': answers })
    return { http, pauses, patient: makePatientHttp({ http, clock }) }
  }

  it('sends again what a limiter turned away, ever later, until it is let through', async () => {
    const { http, pauses, patient } = setUp(limited, limited, limited, answered(201))
    expect(await patient.send({ method: 'PUT', url, terms: until(25_000) })).to.include({ status: 201 })
    expect(pauses).to.deep.equal([1000, 2000, 4000])
    expect(http.calls).to.have.length(4)
  })

  it('waits as long as it is asked to, and reads in the same way', async () => {
    const { pauses, patient } = setUp({ ...limited, headers: { 'retry-after': '7' } }, answered(200))
    expect(await patient.read({ method: 'GET', url, terms: until(25_000) })).to.include({ status: 200 })
    expect(pauses).to.deep.equal([7000])
  })

  it('gives the refusal back where the deadline comes before the next time', async () => {
    const asked = { ...limited, headers: { 'retry-after': '30' } }
    const { http, pauses, patient } = setUp(asked)
    expect(await patient.send({ method: 'PUT', url, terms: until(25_000) })).to.equal(asked)
    expect([http.calls.length, pauses]).to.deep.equal([1, []])
  })

  it('sends nothing again after another answer, or none', async () => {
    for (const result of [answered(503), { kind: 'unknown', problem: 'connection_lost' } as const]) {
      const { http, patient } = setUp(result, answered(200))
      expect(await patient.send({ method: 'PUT', url, terms: until(25_000) })).to.equal(result)
      expect(http.calls).to.have.length(1)
    }
  })
})
