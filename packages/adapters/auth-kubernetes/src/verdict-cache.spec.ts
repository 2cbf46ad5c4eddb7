import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { makeVerdictCache, type Verdict } from './verdict-cache.ts'

describe('a cache of verdicts', () => {
  let now = 0
  const aCache = (size = 9) =>
    makeVerdictCache<string, string>((value) => value.startsWith('yes'), { size, monotonic: () => now })
  const telling = (value: string, keepMilliseconds = 1000) =>
    E.right<string, Verdict<string>>({ value, keepMilliseconds })
  const neverAsked = () => Promise.reject(new Error('asked again'))

  beforeEach(() => {
    now = 0
  })

  it('tells questions apart by each of their parts, however they read when joined', async () => {
    const { get } = aCache()
    const questions = [
      ['a', ['b']],
      ['a', ['c']],
      ['a', []],
      ['a'],
      ['ab', []],
      ['a', ['b', '']],
      [['a', 'b']],
      ['a,b'],
    ]
    for (const question of questions)
      await get(question, () => Promise.resolve(telling(`yes to ${JSON.stringify(question)}`)))
    for (const question of questions)
      expect(await get(question, neverAsked)).to.deep.equal(E.right(`yes to ${JSON.stringify(question)}`))
  })

  it('counts the age of a verdict from its question, not from its answer', async () => {
    const { get } = aCache()
    await get(['q'], () => {
      now = 600
      return Promise.resolve(telling('yes', 1000))
    })
    now = 999
    expect(await get(['q'], neverAsked)).to.deep.equal(E.right('yes'))
    now = 1000
    expect(await get(['q'], () => Promise.resolve(telling('no')))).to.deep.equal(E.right('no'))
  })

  it('keeps no failure', async () => {
    const { get } = aCache()
    expect(await get(['q'], () => Promise.resolve(E.left('down')))).to.deep.equal(E.left('down'))
    expect(await get(['q'], () => Promise.resolve(telling('yes')))).to.deep.equal(E.right('yes'))
  })

  it('asks again after a question that rejected', async () => {
    const { get } = aCache()
    const rejected = await get(['q'], neverAsked).catch(String)
    expect([rejected, await get(['q'], () => Promise.resolve(telling('yes')))]).to.deep.equal([
      'Error: asked again',
      E.right('yes'),
    ])
  })

  it('asks one question for all who ask it at the same time', async () => {
    const { get } = aCache()
    let asked = 0
    const ask = () => Promise.resolve(telling(`yes ${String((asked += 1))}`))
    expect(await Promise.all([get(['q'], ask), get(['q'], ask), get(['other'], ask)])).to.deep.equal([
      E.right('yes 1'),
      E.right('yes 1'),
      E.right('yes 2'),
    ])
  })

  it('drops no verdict that allows for any number of refusals', async () => {
    const { get } = aCache(2)
    await get(['friend'], () => Promise.resolve(telling('yes')))
    for (const stranger of ['1', '2', '3']) await get([stranger], () => Promise.resolve(telling('no')))
    expect(await get(['friend'], neverAsked)).to.deep.equal(E.right('yes'))
  })

  it('says of a question whether its last verdict allowed: known callers do not wait behind new ones', async () => {
    const { get } = aCache()
    const lanes: Array<string> = []
    const ask = (value: string) =>
      get([value], (lane) => {
        lanes.push(lane)
        return Promise.resolve(telling(value))
      })
    await ask('yes')
    await ask('no')
    now = 1000
    await ask('yes')
    await ask('no')
    expect(lanes).to.deep.equal(['new', 'new', 'known', 'new'])
  })
})
