import { setTimeout as sleep } from 'node:timers/promises'
import type { Measure } from '../figure.ts'
import { applyLoad } from '../http-load.ts'
import { connections, hangingCalls, hangingWave } from '../sizes.ts'
import { medianMilliseconds } from '../statistics.ts'
import { clusterIds as newClusterIds } from '../under-test/caller.ts'
import type { Vendors } from '../under-test/vendors.ts'
import type { WarmService } from '../under-test/warm-service.ts'

export interface HangingDeps extends WarmService {
  readonly vendors: Vendors
}

const patienceMilliseconds = 6_000

/** Warm GETs with nothing else to do, and while many generates wait for a vendor that does not answer, in turns. */
export const measureHanging =
  ({ service, vendors: { quay }, caller, clusterIds, sizes }: HangingDeps): Measure =>
  async () => {
    const name = `warm GET p99 while ${hangingCalls} vendor calls hang, as a multiple of idle`
    const requests = caller.requests('GET', clusterIds)
    const p99 = async (): Promise<number> =>
      (await applyLoad({ port: service.port, requests, count: sizes.warmRequests, connections })).p99Milliseconds

    /**
     * Sends generates wave by wave, so that it is the vendor and not the database that they wait for; gives up when
     * one is answered.
     */
    const hang = async (
      ids: ReadonlyArray<string>,
    ): Promise<{ readonly isHeld: boolean; readonly answered: Promise<unknown> }> => {
      const waves: Array<Promise<unknown>> = []
      for (let sent = hangingWave; sent <= hangingCalls; sent += hangingWave) {
        const wave = caller.generate(service, ids.slice(sent - hangingWave, sent))
        waves.push(wave)
        const held = quay.faults.untilHeld(sent).then(() => true)
        if (
          !(await Promise.race([
            held,
            wave.then(
              () => false,
              () => false,
            ),
            sleep(patienceMilliseconds, false),
          ]))
        )
          break
      }
      return { isHeld: quay.faults.held() === hangingCalls, answered: Promise.allSettled(waves) }
    }

    /** Undefined when not every generate came to hang. */
    const p99WhileHanging = async (round: number): Promise<number | undefined> => {
      quay.faults.add({ operation: 'createRobot', fault: { kind: 'hang' }, times: hangingCalls })
      const { isHeld, answered } = await hang(newClusterIds(`hang${round}x`, hangingCalls))
      const value = isHeld ? await p99() : undefined
      quay.faults.clear()
      await quay.faults.release()
      await answered
      return value
    }

    const idle: Array<number> = []
    const hanging: Array<number> = []
    await p99()
    for (let round = 0; round < sizes.hangingRounds; round += 1) {
      idle.push(await p99())
      const value = await p99WhileHanging(round)
      if (value === undefined) return [{ name, reason: `fewer than ${hangingCalls} calls were hanging` }]
      hanging.push(value)
    }
    const rounds = hanging.map((value, round) => value / (idle[round] ?? NaN))
    const work = `each of ${hangingCalls} clusters' generates waits for its vendor`
    const note = `hanging ${medianMilliseconds(hanging)}, idle ${medianMilliseconds(idle)}; ${work}`
    return [{ name, unit: '×', rounds, target: { atMost: 1.5 }, note }]
  }
