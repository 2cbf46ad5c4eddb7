import { expect } from 'chai'
import { type ConfiguredRegistry, type Setting, settings } from './configuration.ts'
import { plannedFaults } from './faults.ts'
import { makeProcesses } from './processes.ts'
import { generate } from './requests.ts'
import { makeWorld, type Side } from './world.ts'

const open = (vendors: ReadonlyArray<string> = ['direct', 'quay']) => {
  const world = makeWorld({ seed: 1, vendors, deployments: 1, faults: plannedFaults({}) })
  const side = world.sides[0] as Side
  const processes = makeProcesses(world, side, () => 0)
  const serviceAt = async (index: number) => {
    const process = await processes.at(index)
    if (process === undefined) throw new Error('the process does not start')
    return side.fleet.serve(process, world.networkOf(index))
  }
  const told = async (index: number): Promise<ConfiguredRegistry> =>
    (await serviceAt(index)).registries[0] as ConfiguredRegistry
  return { world, side, processes, serviceAt, told }
}

const differing = (one: ConfiguredRegistry, other: ConfiguredRegistry): ReadonlyArray<string> =>
  Object.keys(one).filter(
    (key) =>
      JSON.stringify(one[key as keyof ConfiguredRegistry]) !== JSON.stringify(other[key as keyof ConfiguredRegistry]),
  )

const changedBy: Readonly<Record<Setting, ReadonlyArray<string>>> = {
  required: ['required'],
  enabled: ['enabled'],
  hosts: ['hosts'],
  scope: ['hosts', 'scope'],
  landing_window: ['landingWindowSeconds'],
  executes_once: ['executesOnce'],
}

describe('the processes of a deployment', () => {
  settings.forEach((setting) => {
    it(`differ in one thing while only one of them was told of a change: ${setting}`, async () => {
      const { processes, told, side } = open()
      const before = await told(0)
      await processes.change(0, { registry: 0, setting })
      expect(differing(await told(0), before)).to.deep.equal(changedBy[setting])
      expect(differing(await told(1), before)).to.deep.equal([])
      expect(side.newestConfiguration).to.deep.equal([{ registry: 0, setting }])
    })
  })

  it('move to another vendor with the scope, and know hosts of both', async () => {
    const { processes, told, side } = open()
    const before = await told(0)
    await processes.change(0, { registry: 0, setting: 'scope' })
    expect((await told(0)).vendor).not.to.equal(before.vendor)
    expect(side.fleet.registries[0]?.vendors()).to.deep.equal([before.vendor, (await told(0)).vendor])
  })

  it('stay as they are where the service refuses to start with a change', async () => {
    const { world, side, processes, serviceAt, told } = open()
    void generate(world, side, await serviceAt(0), { clusterId: 'cls-aaaaaa' })
    await world.scheduler.advance(20_000)
    const before = await processes.at(0)
    await processes.change(0, { registry: 0, setting: 'scope' })
    expect(await processes.at(0)).to.equal(before)
    expect((await told(0)).scope).to.equal('imaginary')
    expect(side.newestConfiguration).to.deep.equal([])
  })

  it('keep their configuration when they are started anew', async () => {
    const { processes, told } = open()
    await processes.change(0, { registry: 0, setting: 'hosts' })
    ;(await processes.at(0))?.replica.crash()
    expect((await told(0)).hosts).to.have.length(2)
  })
})
