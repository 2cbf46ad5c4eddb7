import { setTimeout as sleep } from 'node:timers/promises'
import type { Measure } from '../figure.ts'
import { applyLoad } from '../http-load.ts'
import { connections, floodPerSecond, knownPerSecond } from '../sizes.ts'
import { medianMilliseconds } from '../statistics.ts'
import { startAside } from '../under-test/aside.ts'
import { pathOf } from '../under-test/caller.ts'
import type { FloodPlan } from '../under-test/flood.ts'
import { residentMegabytes } from '../under-test/process-readings.ts'
import type { WarmService } from '../under-test/warm-service.ts'

/** A process that just began, and its connections, take more time than the flood does. */
const settlingMilliseconds = 1000

/** Known callers at a pace that leaves the service idle for most of the time, without and with a flood, in turns. */
export const measureFlood =
  ({ service, caller, clusterIds, sizes }: WarmService): Measure =>
  async () => {
    const port = service.port
    const known = {
      port,
      requests: caller.requests('GET', clusterIds),
      count: knownPerSecond * sizes.floodSeconds,
      connections,
      perSecond: knownPerSecond,
    }
    const p99 = async (): Promise<number> => (await applyLoad(known)).p99Milliseconds
    const flood: FloodPlan = {
      port,
      path: pathOf(clusterIds[0] ?? ''),
      count: floodPerSecond * (2 * sizes.floodSeconds),
      perSecond: floodPerSecond,
    }
    const p99InFlood = async (): Promise<number> => {
      const flooding = await startAside('flood.ts', flood)
      await sleep(settlingMilliseconds)
      const value = await p99()
      await flooding.stop()
      return value
    }

    const quiet: Array<number> = []
    const flooded: Array<number> = []
    await p99()
    while (flooded.length < sizes.floodRounds) {
      quiet.push(await p99())
      flooded.push(await p99InFlood())
    }
    const times = `in the flood ${medianMilliseconds(flooded)}, quiet ${medianMilliseconds(quiet)}`
    const memory = `RSS ${residentMegabytes(service.pid).toFixed(0)} MB after it`
    return [
      {
        name: `p99 of known callers while ${floodPerSecond} new tokens come a second, as a multiple of quiet`,
        unit: '×',
        rounds: flooded.map((value, round) => value / (quiet[round] ?? NaN)),
        target: { atMost: 2 },
        note: `${times}; ${knownPerSecond} GETs a second; ${memory}`,
      },
    ]
  }
