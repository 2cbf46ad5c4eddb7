import type { Clock } from '@pull-secret/domain'
import { expect } from 'chai'
import type { Task } from 'fp-ts/lib/Task.js'

export interface ClockSubject {
  readonly clock: Clock
  /**
   * Whether waiting is real: a timer of this process, which `sleep` holds it alive for. A virtual clock waits for
   * nobody.
   */
  readonly isReal: boolean
  /** Runs a task to its end while this clock's time passes. */
  readonly run: <A>(task: Task<A>) => Promise<A>
}

const startOf2020 = Date.parse('2020-01-01T00:00:00Z')
const startOf2120 = Date.parse('2120-01-01T00:00:00Z')
/** Longer than the longest timer of Node, which fires at once for anything above. */
const months = 2 ** 32

const runningTimers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

/** What every adapter of `Clock` keeps; it judges the clock by its own readings alone. */
export const clockSuite = (open: () => ClockSubject): void => {
  describe('as a clock', () => {
    let subject: ClockSubject
    beforeEach(() => {
      subject = open()
    })

    const waits = () =>
      [
        ['sleep', subject.clock.sleep],
        ['alarm', subject.clock.alarm],
      ] as const

    it('tells the time in milliseconds since 1970', () => {
      expect(subject.clock.now()).to.be.within(startOf2020, startOf2120)
    })

    it('has a monotonic reading that never goes back', async () => {
      const readings: Array<number> = []
      for (let round = 0; round < 5; round += 1) {
        readings.push(...Array.from({ length: 50 }, () => subject.clock.monotonic()))
        await subject.run(subject.clock.sleep(1))
      }
      expect(readings).to.deep.equal([...readings].sort((one, other) => one - other))
    })

    it('lets its monotonic reading pass on while it waits', async () => {
      for (const [name, wait] of waits()) {
        const started = subject.clock.monotonic()
        await subject.run(wait(2))
        expect(subject.clock.monotonic(), name).to.be.greaterThan(started)
      }
    })

    it('waits no less than it was asked to, whole milliseconds or not', async () => {
      for (const [name, wait] of waits()) {
        for (const milliseconds of [0, 0.5, 1, 2.5, 7, 1, 1, 1, 1, 1]) {
          const started = subject.clock.monotonic()
          await subject.run(wait(milliseconds))
          expect(subject.clock.monotonic() - started, `${name} ${String(milliseconds)}`).to.be.at.least(milliseconds)
        }
      }
    })

    it('keeps every one of many waits that run side by side', async () => {
      const measured =
        (milliseconds: number): Task<number> =>
        async () => {
          const started = subject.clock.monotonic()
          await subject.clock.sleep(milliseconds)()
          return subject.clock.monotonic() - started - milliseconds
        }
      const overshoots = await subject.run(() =>
        Promise.all(Array.from({ length: 20 }, (_, index) => measured(index % 5)())),
      )
      expect(Math.min(...overshoots)).to.be.at.least(0)
    })

    it('counts from when the wait is run, each time it is run', async () => {
      for (const [name, wait] of waits()) {
        const task = wait(4)
        await subject.run(subject.clock.sleep(5))
        for (const time of ['first', 'second']) {
          const started = subject.clock.monotonic()
          await subject.run(task)
          expect(subject.clock.monotonic() - started, `${name}, the ${time} time`).to.be.at.least(4)
        }
      }
    })

    it('ends a wait that is over before it began', async () => {
      for (const [, wait] of waits()) await subject.run(wait(-1))
    })

    it('does not end a wait of months at once', async () => {
      const ended = await subject.run(() =>
        Promise.race([
          subject.clock
            .alarm(months)()
            .then(() => 'the months'),
          subject.clock
            .sleep(3)()
            .then(() => 'the moment'),
        ]),
      )
      expect(ended).to.equal('the moment')
    })

    it('holds the process for a sleep and never for an alarm, where its waiting is real', async () => {
      const before = runningTimers()
      const sleeping = subject.clock.sleep(1)()
      const withSleep = runningTimers()
      void subject.clock.alarm(months)()
      const withBoth = runningTimers()
      await subject.run(() => sleeping)
      expect([withSleep - before, withBoth - withSleep]).to.deep.equal([subject.isReal ? 1 : 0, 0])
    })
  })
}
