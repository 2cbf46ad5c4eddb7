import { expect } from 'chai'
import { makeReplica } from './replica.ts'
import { makeScheduler } from './scheduler.ts'
import { clockOf, makeSimulatedClock } from './simulated-clock.ts'

const open = () => {
  const scheduler = makeScheduler()
  const replica = makeReplica('one', scheduler)
  return { scheduler, replica, clock: clockOf(makeSimulatedClock(scheduler, 0), replica) }
}

describe('a replica', () => {
  it('has a monotonic clock that goes on while the process stands still', async () => {
    const { scheduler, replica, clock } = open()
    replica.freeze(60_000)
    await scheduler.advance(90_000)
    expect(clock.monotonic()).to.equal(90_000)
  })

  it('has a machine whose monotonic clock stands still while it is suspended, unlike the wall clock', async () => {
    const { scheduler, replica, clock } = open()
    const wall = clock.now()
    await scheduler.advance(1000)
    replica.suspend(60_000)
    await scheduler.advance(30_000)
    expect(replica.monotonic()).to.equal(1000)
    await scheduler.advance(70_000)
    expect(replica.monotonic()).to.equal(41_000)
    expect(clock.now() - wall).to.equal(101_000)
  })

  it('counts its deadlines as the service does, the time that its machine was suspended included', async () => {
    const { scheduler, replica, clock } = open()
    await scheduler.advance(1000)
    replica.suspend(60_000)
    await scheduler.advance(100_000)
    expect(clock.monotonic()).to.equal(101_000)
  })

  it('is suspended for no longer than the longest of suspensions at once', async () => {
    const { scheduler, replica } = open()
    replica.suspend(60_000)
    await scheduler.advance(10_000)
    replica.suspend(20_000)
    await scheduler.advance(40_000)
    expect(replica.monotonic()).to.equal(0)
    replica.suspend(30_000)
    await scheduler.advance(50_000)
    expect(replica.monotonic()).to.equal(20_000)
    expect(replica.stoodStillMilliseconds()).to.equal(80_000)
  })

  it('has timers that wait for its machine', async () => {
    const { scheduler, replica, clock } = open()
    let wokeAt = NaN
    void clock
      .sleep(5000)()
      .then(() => {
        wokeAt = scheduler.now()
      })
    await scheduler.advance(2000)
    replica.suspend(60_000)
    await scheduler.advance(600_000)
    expect(wokeAt).to.equal(65_000)
  })
})
