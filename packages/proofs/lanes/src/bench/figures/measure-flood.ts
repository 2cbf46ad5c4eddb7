import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure, Measure } from '../figure.ts'
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
  ({ service, caller, clusterIds, sizes }: WarmService, limitedToken: string): Measure =>
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
    const p99In = async (flood: FloodPlan): Promise<number> => {
      const flooding = await startAside('flood.ts', flood)
      await sleep(settlingMilliseconds)
      const value = await p99()
      await flooding.stop()
      return value
    }

    const quiet: Array<number> = []
    const withGuesses: Array<number> = []
    const withOneCaller: Array<number> = []
    await p99()
    while (withOneCaller.length < sizes.floodRounds) {
      quiet.push(await p99())
      withGuesses.push(await p99In(flood))
      withOneCaller.push(await p99In({ ...flood, token: limitedToken }))
    }
    const memory = `RSS ${residentMegabytes(service.pid).toFixed(0)} MB after it`
    const figureOf = (flooders: string, flooded: ReadonlyArray<number>, atMost: number): Figure => ({
      name: `p99 of known callers while ${flooders}, as a multiple of quiet`,
      unit: '×',
      rounds: flooded.map((value, round) => value / (quiet[round] ?? NaN)),
      target: { atMost },
      note:
        `in the flood ${medianMilliseconds(flooded)}, quiet ${medianMilliseconds(quiet)}; ` +
        `${knownPerSecond} GETs a second; ${memory}`,
    })
    return [
      figureOf(`${floodPerSecond} new tokens come a second`, withGuesses, 2),
      figureOf(`another asks ${floodPerSecond} times a second and is refused beyond its limit`, withOneCaller, 1.5),
    ]
  }
