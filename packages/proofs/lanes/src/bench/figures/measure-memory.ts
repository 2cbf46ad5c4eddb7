import type { Measure } from '../figure.ts'
import { applyLoad } from '../http-load.ts'
import { connections } from '../sizes.ts'
import { residentMegabytes } from '../under-test/process-readings.ts'
import type { Access } from '../under-test/production-config.ts'
import type { WarmDeps } from './measure-warm.ts'

const mostMegabytes: Readonly<Record<Access, number>> = { static: 200, kubernetes: 220 }

/** What the service holds in memory after it had as much to do as it can do. */
export const measureMemory =
  ({ service, access, caller, clusterIds, sizes }: WarmDeps): Measure =>
  async () => {
    const name = `RSS after ${sizes.loadSeconds} s of warm GET and POST, with ${access} access`
    const idle = residentMegabytes(service.pid)
    if (Number.isNaN(idle)) return [{ name, reason: 'this system has no /proc to read it from' }]
    const requests = clusterIds.flatMap((id) => [...caller.requests('GET', [id]), ...caller.requests('POST', [id])])
    const endsAt = performance.now() + sizes.loadSeconds * 1000
    let count = 0
    while (performance.now() < endsAt) {
      await applyLoad({ port: service.port, requests, count: sizes.warmRequests, connections })
      count += sizes.warmRequests
    }
    const note = `after ${count} requests; ${idle.toFixed(0)} MB before them`
    const target = { atMost: mostMegabytes[access] }
    return [{ name, unit: 'MB', rounds: [residentMegabytes(service.pid)], target, note }]
  }
