import { expect } from 'chai'
import { InvalidArgumentError } from 'commander'
import { durationSeconds, limitNumber, moment, momentAgo, wholeNumber } from './option-values.ts'

const now = Date.parse('2026-05-01T00:00:00.000Z')

describe('a moment on the command line', () => {
  it('is a duration before now, or a timestamp', () => {
    for (const [text, timestamp] of [
      ['90d', '2026-01-31T00:00:00.000Z'],
      ['24h', '2026-04-30T00:00:00.000Z'],
      ['30m', '2026-04-30T23:30:00.000Z'],
      ['1s', '2026-04-30T23:59:59.000Z'],
      ['2026-01-31T10:20:30Z', '2026-01-31T10:20:30.000Z'],
      ['2026-01-31T10:20:30.5+02:00', '2026-01-31T08:20:30.500Z'],
      ['2026-01-31T10:20Z', '2026-01-31T10:20:00.000Z'],
      ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ] as const)
      expect(moment(text)(now), text).to.equal(timestamp)
    expect(momentAgo('90d')(now)).to.equal('2026-01-31T00:00:00.000Z')
  })

  it('is nothing else, and never depends on the time zone of the process', () => {
    const wrong = ['', '0d', '90', 'd', '-1d', '1.5h', '1w', '9999999999d', '36501d', '1d2h', ' 1d', 'yesterday']
    for (const text of [...wrong, '2026-13-01', '2026-01-31T10:20:30', '31.1.2026', '2026-01-31 10:20:30Z'])
      expect(() => moment(text), text).to.throw(InvalidArgumentError)
    for (const text of [...wrong, '2026-01-31']) expect(() => momentAgo(text), text).to.throw(InvalidArgumentError)
  })
})

describe('a limit on the command line', () => {
  it('is a whole number, and none at all as 0', () => {
    expect(['0', '1', '1000'].map(limitNumber)).to.deep.equal([Infinity, 1, 1000])
    for (const text of ['', '-1', '1.5', '01', 'all']) expect(() => limitNumber(text)).to.throw(InvalidArgumentError)
  })
})

describe('a number on the command line', () => {
  it('is whole, or of seconds as a duration', () => {
    expect(['0', '10'].map(wholeNumber)).to.deep.equal([0, 10])
    expect(['45s', '10m', '2h'].map(durationSeconds)).to.deep.equal([45, 600, 7200])
  })

  it('is nothing else', () => {
    for (const text of ['', '-1', '1.5', '01', 'all']) {
      expect(() => wholeNumber(text), text).to.throw(InvalidArgumentError)
      expect(() => durationSeconds(text), text).to.throw(InvalidArgumentError)
    }
  })
})
