import { makeInMemoryClock, makeSilentLogger } from '@pull-secret/in-memory'
import { expect } from 'chai'
import { type FinishedExchange, makeReportExchange } from './report-exchange.ts'

describe('the report of an exchange', () => {
  it('counts under methods that are known only, so that no client can add label values', () => {
    const methods: Array<string | undefined> = []
    const report = makeReportExchange({
      clock: makeInMemoryClock(),
      logger: makeSilentLogger(),
      meter: {
        count:
          (_name, { method }) =>
          () =>
            void methods.push(method),
        observe:
          (_name, _value, { method }) =>
          () =>
            void methods.push(method),
        set: () => () => undefined,
      },
      quietTemplates: new Set(),
    })
    for (const method of ['GET', 'BREW', 'PROPFIND', 'get'])
      report({ method, template: 'other', status: 405, startedAt: 0, call: { headers: {} } } as FinishedExchange)
    expect(methods).to.deep.equal(['GET', 'GET', 'other', 'other', 'other', 'other', 'other', 'other'])
  })
})
