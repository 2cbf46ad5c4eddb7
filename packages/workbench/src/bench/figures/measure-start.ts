import type { Measure } from '../figure.ts'
import type { Sizes } from '../sizes.ts'
import { median } from '../statistics.ts'
import type { Deployment } from '../under-test/open-bench-stage.ts'

/** From the start of the process to ready, on a database that is migrated and in use. */
export const measureStart = (deployment: Deployment, sizes: Sizes): Measure => async () => {
  const start = async (environment: Readonly<Record<string, string>>): Promise<number> => {
    const service = await deployment.startService(environment)
    await service.stop()
    return service.readyMilliseconds
  }
  const rounds: number[] = []
  const cached: number[] = []
  await start({})
  while (rounds.length < sizes.startRounds) {
    rounds.push(await start({ NODE_DISABLE_COMPILE_CACHE: '1' }))
    cached.push(await start({}))
  }
  const note = `with nothing compiled ahead, as in a fresh container; ${median(cached).toFixed(0)} ms where Node's compile cache of an earlier start is kept`
  return [{ name: 'ready after process start, on an existing database', unit: 'ms', rounds, target: { atMost: 1000 }, note }]
}
