import { parseArgs } from 'node:util'
import { closingLine } from '@pull-secret/workbench'
import { endOnSignal } from '../stage/end-on-signal.ts'
import { describeResult, isMeasured, type Measure, meetsTarget, type Result } from './figure.ts'
import { measureCold } from './figures/measure-cold.ts'
import { measureFlood } from './figures/measure-flood.ts'
import { measureHanging } from './figures/measure-hanging.ts'
import { measureMemory } from './figures/measure-memory.ts'
import { measureStart } from './figures/measure-start.ts'
import { measureWarm } from './figures/measure-warm.ts'
import { full, quick, type Sizes, warmClusters } from './sizes.ts'
import { canRunPods } from './under-test/api-server.ts'
import { clusterIds as newClusterIds, makeCaller } from './under-test/caller.ts'
import { type BenchStage, openBenchStage } from './under-test/open-bench-stage.ts'
import type { Access } from './under-test/production-config.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const noPods = 'this system gives a process no file system of its own (unshare), so nothing runs as in a pod'

const measureAll = async (stage: BenchStage, sizes: Sizes): Promise<ReadonlyArray<Result>> => {
  const results: Array<Result> = []
  const take = async (measure: Measure): Promise<void> => {
    for (const result of await measure()) {
      say(describeResult(result))
      results.push(result)
    }
  }
  const caller = makeCaller(stage.callerToken)

  const measureWith = async (access: Access): Promise<void> => {
    const deployment = await stage.openDeployment(`warm_${access}`, { access })
    const service = await deployment.startService()
    const baseline = await deployment.startBaseline()
    const clusterIds = newClusterIds(access, warmClusters)
    for (const id of clusterIds) await caller.generate(service, [id])
    const warm = { service, baseline, access, caller, clusterIds, sizes }
    await take(measureWarm(warm, 'GET'))
    await take(measureWarm(warm, 'POST'))
    await take(measureMemory(warm))
    await baseline.stop()
    if (access === 'static') await take(measureHanging({ ...warm, vendors: deployment.vendors }))
    else await take(measureFlood(warm, stage.limitedToken))
    await service.stop()
    await take(measureStart(deployment, access, sizes))
  }

  await measureWith('static')
  if (canRunPods()) await measureWith('kubernetes')
  else await take(() => Promise.resolve([{ name: 'everything with kubernetes access', reason: noPods }]))
  await take(measureCold(stage, caller, sizes))
  return results
}

const close = (results: ReadonlyArray<Result>): void => {
  const figures = results.filter(isMeasured)
  const passed = figures.filter(meetsTarget).length
  if (passed < figures.length)
    say(`${figures.length - passed} below target: figures depend on the machine, so they fail nothing`)
  say(closingLine({ passed, failed: 0, skipped: results.length - figures.length }))
}

/** Measures and prints every figure. Returns the exit code: 0 whatever the figures are, 1 when it could not run. */
export const runBench = async (args: ReadonlyArray<string>): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options: { quick: { type: 'boolean' } } })
  endOnSignal()
  const stage = await openBenchStage()
  try {
    close(await measureAll(stage, values.quick === true ? quick : full))
    return 0
  } finally {
    await stage.close()
  }
}
