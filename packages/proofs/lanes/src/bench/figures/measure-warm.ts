import type { Measure, Result } from '../figure.ts'
import { applyLoad, type LoadResult } from '../http-load.ts'
import { connections } from '../sizes.ts'
import { median } from '../statistics.ts'
import { cpuMilliseconds } from '../under-test/process-readings.ts'
import type { Access } from '../under-test/production-config.ts'
import type { ServerProcess } from '../under-test/server-process.ts'
import type { WarmService } from '../under-test/warm-service.ts'

export interface WarmDeps extends WarmService {
  readonly baseline: ServerProcess
  readonly access: Access
}

type Sample = LoadResult & { readonly cpuMicroseconds: number }
interface Round {
  readonly service: Sample
  readonly baseline: Sample
}

const whole = (value: number): string => value.toFixed(0)
const tenths = (value: number): string => value.toFixed(1)
const middles = (
  rounds: ReadonlyArray<Round>,
  of: (result: Sample) => number,
  show: (value: number) => string,
): string => {
  const middle = (side: keyof Round): string => show(median(rounds.map((round) => of(round[side]))))
  return `service ${middle('service')}, bare handler ${middle('baseline')}`
}

const rateOf = (rounds: ReadonlyArray<Round>): string =>
  `${middles(rounds, ({ perSecond }) => perSecond, whole)} requests a second, ${connections} at a time`

const processorTimeOf = (rounds: ReadonlyArray<Round>): string =>
  `${middles(rounds, ({ cpuMicroseconds }) => cpuMicroseconds, whole)} µs of processor time a request`

const doesNotBatch = 'the bare handler does not batch: it asks one statement for each request'

const figuresOf = (what: string, rounds: ReadonlyArray<Round>): ReadonlyArray<Result> => [
  {
    name: `${what}: throughput as a share of a bare Express handler's`,
    unit: '×',
    rounds: rounds.map(({ service, baseline }) => service.perSecond / baseline.perSecond),
    target: { atLeast: 1 },
    note: `${rateOf(rounds)}; ${processorTimeOf(rounds)}; ${doesNotBatch}`,
  },
  {
    name: `${what}: p99 as a multiple of a bare Express handler's`,
    unit: '×',
    rounds: rounds.map(({ service, baseline }) => service.p99Milliseconds / baseline.p99Milliseconds),
    target: { atMost: 2 },
    note: `${middles(rounds, ({ p99Milliseconds }) => p99Milliseconds, tenths)} ms`,
  },
]

/**
 * The service against a handler that does the least that such an answer takes, in turns, so that both meet the same
 * machine.
 */
export const measureWarm =
  ({ service, baseline, access, caller, clusterIds, sizes }: WarmDeps, method: 'GET' | 'POST'): Measure =>
  async () => {
    const requests = caller.requests(method, clusterIds)
    const load = async ({ port, pid }: ServerProcess): Promise<Sample> => {
      const before = cpuMilliseconds(pid)
      const result = await applyLoad({ port, requests, count: sizes.warmRequests, connections })
      return { ...result, cpuMicroseconds: ((cpuMilliseconds(pid) - before) * 1000) / sizes.warmRequests }
    }
    for (const server of [service, baseline]) await load(server)
    const rounds: Array<Round> = []
    while (rounds.length < sizes.warmRounds) {
      rounds.push(
        rounds.length % 2 === 0
          ? { service: await load(service), baseline: await load(baseline) }
          : await baselineFirst(load, service, baseline),
      )
    }
    return figuresOf(`warm ${method} with ${access} access`, rounds)
  }

/** Whoever goes first meets the garbage that the round before left; each is first as often as the other. */
const baselineFirst = async (
  load: (server: ServerProcess) => Promise<Sample>,
  service: ServerProcess,
  baseline: ServerProcess,
): Promise<Round> => {
  const baselineResult = await load(baseline)
  return { service: await load(service), baseline: baselineResult }
}
