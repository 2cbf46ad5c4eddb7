import { expect } from 'chai'
import { makeReviewPlaces } from './review-places.ts'

const never = new AbortController().signal

describe('the places of reviews', () => {
  it('are given first come, first served, as others are given back', async () => {
    const places = makeReviewPlaces({ known: { places: 1, waiting: 2 }, new: { places: 1, waiting: 0 } })
    const order: Array<string> = []
    const give = await places.take('known', never)
    const waiting = ['first', 'second'].map(async (name) => {
      const giveOn = await places.take('known', never)
      order.push(name)
      giveOn?.()
    })
    order.push('begun')
    give?.()
    await Promise.all(waiting)
    expect(order).to.deep.equal(['begun', 'first', 'second'])
    expect(await places.take('known', never)).to.be.a('function')
  })

  it('are refused at once when too many wait, and one lane takes nothing from the other', async () => {
    const places = makeReviewPlaces({ known: { places: 1, waiting: 0 }, new: { places: 1, waiting: 1 } })
    const give = await places.take('new', never)
    const waiting = places.take('new', never)
    expect(await places.take('new', never)).to.equal(undefined)
    expect(await places.take('known', never)).to.be.a('function')
    expect(await places.take('known', never)).to.equal(undefined)
    give?.()
    expect(await waiting).to.be.a('function')
  })

  it('are not kept for who gave up waiting', async () => {
    const places = makeReviewPlaces({ known: { places: 1, waiting: 2 }, new: { places: 1, waiting: 0 } })
    const give = await places.take('known', never)
    const patience = new AbortController()
    const impatient = places.take('known', patience.signal)
    const patient = places.take('known', never)
    patience.abort()
    expect(await impatient).to.equal(undefined)
    expect(await places.take('known', patience.signal)).to.equal(undefined)
    give?.()
    expect(await patient).to.be.a('function')
  })
})
