import type { CallBudget } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import {
  inMemoryRegistry,
  makeInMemoryBudgetSlices,
  makeInMemoryClock,
  makeInMemoryVendor,
  makeSilentLogger,
  makeSilentMeter,
  quayLike,
} from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { type OpenedRegistries, openRegistries } from './open-registries.ts'
import type { RegistrySetup } from './registry-setup.ts'

const clock = makeInMemoryClock()
const slices = makeInMemoryBudgetSlices({ budgets: new Map(), clock })
const vendor = makeInMemoryVendor(quayLike)

const open = async (): Promise<OpenedRegistries> => {
  const opened = await openRegistries(
    [
      { id: 'quay', adapter: inMemoryRegistry('quay.example', vendor) },
      { id: 'edge', enabled: false, adapter: inMemoryRegistry('edge.example') },
    ],
    {
      deploymentId: 'fleet-1',
      clock: makeInMemoryClock(),
      logger: makeSilentLogger(),
      meter: makeSilentMeter(),
      slices,
    },
  )
  if (E.isLeft(opened)) throw new Error('the registries do not open')
  return opened.right
}

describe('registries that cannot stand beside each other', () => {
  const aRegistryOf = (id: string, host: string, ownedFile?: string): RegistrySetup => {
    const adapter = inMemoryRegistry(host)
    return {
      id,
      adapter: { ...adapter, open: (config: object, given) => ({ ...adapter.open(config, given), ownedFile }) },
    }
  }

  it('are all named', async () => {
    const opened = await openRegistries(
      [
        aRegistryOf('one', 'a.example', '/data/htpasswd'),
        aRegistryOf('one', 'a.example'),
        aRegistryOf('two', 'b.example', '/data/htpasswd'),
        aRegistryOf('two', 'b.example'),
      ],
      {
        deploymentId: 'fleet-1',
        clock: makeInMemoryClock(),
        logger: makeSilentLogger(),
        meter: makeSilentMeter(),
        slices,
      },
    )
    expect(E.isLeft(opened) && opened.left.map(({ message }) => message)).to.deep.equal([
      'two registries have the id one',
      'two registries have the id two',
      'two registries serve the host a.example',
      'two registries serve the host b.example',
      'two registries write the file /data/htpasswd, and each would remove what the other put there',
    ])
  })
})

describe('the turns that registries are given', () => {
  const turnsOf = async (budget: RegistrySetup['budget']): Promise<CallBudget> => {
    const given: Array<CallBudget> = []
    const adapter = inMemoryRegistry('a.example')
    const opened = await openRegistries(
      [
        {
          id: 'one',
          budget,
          adapter: {
            ...adapter,
            open: (config: object, dependencies) => {
              given.push(dependencies.turns)
              return adapter.open(config, dependencies)
            },
          },
        },
      ],
      { deploymentId: 'fleet-1', clock, logger: makeSilentLogger(), meter: makeSilentMeter(), slices },
    )
    if (E.isLeft(opened) || given[0] === undefined) throw new Error('the registry does not open')
    return given[0]
  }
  const takeTwo = async (turns: CallBudget) => {
    const take = async () => (await turns.turn('due', clock.monotonic() + 1000)())._tag
    return [await take(), await take()]
  }

  it('are those of its budget, or without end where it has none', async () => {
    expect(await takeTwo(await turnsOf({ perMinute: 1 }))).to.deep.equal(['Right', 'Left'])
    expect(await takeTwo(await turnsOf(undefined))).to.deep.equal(['Right', 'Right'])
  })
})

describe('registries that are opened', () => {
  it('are told apart by what the last call of each showed, asking nobody', async () => {
    const { registries, states } = await open()
    expect(states()).to.deep.equal([
      { registryId: 'quay', state: { kind: 'unknown' }, isCircuitOpen: false },
      { registryId: 'edge', state: { kind: 'unknown' }, isCircuitOpen: false },
    ])
    await registries.find('quay')?.client.checkAccess(until(Infinity))()
    expect(states()).to.deep.equal([
      { registryId: 'quay', state: { kind: 'working' }, isCircuitOpen: false },
      { registryId: 'edge', state: { kind: 'unknown' }, isCircuitOpen: false },
    ])
    expect(vendor.calls.size).to.equal(0)
  })
})

describe('a registry that fails again and again', () => {
  it('is asked rarely, which its state, a metric and a line of the log say', async () => {
    const gauges: Array<readonly [string, number]> = []
    const lines: Array<string> = []
    const adapter = inMemoryRegistry('a.example')
    const lost = { kind: 'unknown', problem: 'connection_lost' } as const
    const opened = await openRegistries(
      [
        {
          id: 'one',
          adapter: {
            ...adapter,
            open: (config: object, dependencies) => {
              const open = adapter.open(config, dependencies)
              return { ...open, client: { ...open.client, getCredential: () => () => Promise.resolve(lost) } }
            },
          },
        },
      ],
      {
        deploymentId: 'fleet-1',
        clock,
        slices,
        logger: { log: (_level, message) => () => void lines.push(message) },
        meter: { ...makeSilentMeter(), set: (name, value) => () => void gauges.push([name, value]) },
      },
    )
    if (E.isLeft(opened)) throw new Error('the registry does not open')
    const { registries, states } = opened.right
    const { client } = registries.find('one') ?? {}
    for (let times = 0; times < 6; times += 1)
      await client?.getCredential({ vendorName: 'one', marker: 'ours', terms: until(Infinity) })()
    expect(states()).to.deep.equal([
      { registryId: 'one', state: { kind: 'failing', problem: 'connection_lost' }, isCircuitOpen: true },
    ])
    expect(registries.find('one')?.isCircuitOpen?.()).to.equal(true)
    expect(gauges).to.deep.equal([
      ['registry_circuit_open', 0],
      ['registry_circuit_open', 1],
    ])
    expect(lines).to.deep.equal(['a registry fails again and again, and is asked rarely now'])
    await client?.checkAccess(until(Infinity))()
    expect([states()[0]?.isCircuitOpen, gauges.at(-1)?.[1]]).to.deep.equal([false, 0])
  })
})
