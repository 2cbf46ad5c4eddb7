import { type AccessCheck, type CallTerms, makeRegistries } from '@pull-secret/domain'
import { aRegistry, until } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as T from 'fp-ts/lib/Task.js'
import { makeNotedClock } from '../test/noted-clock.ts'
import { makeCheckRegistries } from './index.ts'

describe('check registries', () => {
  const asks: Array<CallTerms> = []
  const access: AccessCheck = { kind: 'failing', problem: 'administrator_refused' }
  let isOpen = false
  const asked = makeRegistries([
    aRegistry('quay', {
      budget: { perMinute: 60, burst: 10, share: 1 },
      isCircuitOpen: () => isOpen,
      client: {
        checkAccess: (terms) => {
          asks.push(terms)
          isOpen = true
          return T.of(access)
        },
      },
    }),
  ])
  const configured = {
    registryId: 'quay',
    type: 'quay',
    enabled: true,
    required: true,
    hosts: ['quay.example.com'],
    budget: { perMinute: 60, burst: 10, share: 1 },
    isCircuitOpen: false,
  }

  it('tells what is configured without asking anybody', async () => {
    expect(
      await makeCheckRegistries({ registries: asked, clock: makeNotedClock().clock })({ askVendors: false })(),
    ).to.deep.equal([configured])
    expect(asks).to.deep.equal([])
  })

  it('tells of a registry without a circuit that it is asked as always', async () => {
    const [report] = await makeCheckRegistries({
      registries: makeRegistries([aRegistry('file')]),
      clock: makeNotedClock().clock,
    })({ askVendors: false })()
    expect(report?.isCircuitOpen).to.equal(false)
  })

  it('asks each vendor on request, for eight seconds at most, and tells what that showed', async () => {
    expect(
      await makeCheckRegistries({ registries: asked, clock: makeNotedClock(1000).clock })({ askVendors: true })(),
    ).to.deep.equal([{ ...configured, isCircuitOpen: true, access }])
    expect(asks).to.deep.equal([until(9000)])
  })
})
