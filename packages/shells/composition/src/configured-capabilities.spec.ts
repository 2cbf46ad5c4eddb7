import {
  inMemoryRegistry,
  makeInMemoryBudgetSlices,
  makeInMemoryClock,
  makeSilentLogger,
  makeSilentMeter,
} from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { KnownPath } from './configured-capabilities.ts'
import { openRegistries } from './open-registries.ts'

const capabilitiesWith = async (path: KnownPath) => {
  const opened = await openRegistries([{ id: 'quay', adapter: inMemoryRegistry('quay.example'), ...path }], {
    deploymentId: 'fleet-1',
    clock: makeInMemoryClock(),
    logger: makeSilentLogger(),
    meter: makeSilentMeter(),
    slices: makeInMemoryBudgetSlices({ budgets: new Map(), clock: makeInMemoryClock() }),
  })
  if (E.isLeft(opened)) throw new Error('the registries do not open')
  return opened.right.registries.find('quay')?.client.capabilities
}

describe('the capabilities of a configured registry', () => {
  it('are those of its adapter where the configuration says nothing', async () => {
    expect(await capabilitiesWith({})).to.include({ landingWindowSeconds: 900, executesOnce: false })
  })

  it('are those of the configured path, whatever the adapter says, and its own in all else', async () => {
    const declared = await capabilitiesWith({})
    expect(await capabilitiesWith({ landingWindowSeconds: 0, executesOnce: true })).to.deep.equal({
      ...declared,
      landingWindowSeconds: 0,
      executesOnce: true,
    })
  })

  it('are each configured alone', async () => {
    expect(await capabilitiesWith({ landingWindowSeconds: 7 })).to.include({
      landingWindowSeconds: 7,
      executesOnce: false,
    })
    expect(await capabilitiesWith({ executesOnce: true })).to.include({ landingWindowSeconds: 900, executesOnce: true })
  })
})
