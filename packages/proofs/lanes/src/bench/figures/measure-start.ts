import type { Measure } from '../figure.ts'
import type { Sizes } from '../sizes.ts'
import type { Deployment } from '../under-test/open-bench-stage.ts'
import type { Access } from '../under-test/production-config.ts'

const mostMilliseconds: Readonly<Record<Access, number>> = { static: 600, kubernetes: 1200 }

/**
 * From the start of the process to ready, on a database that is migrated and in use; the first start only warms the
 * machine.
 */
export const measureStart =
  (deployment: Deployment, access: Access, sizes: Sizes): Measure =>
  async () => {
    const start = async (): Promise<number> => {
      const service = await deployment.startService()
      await service.stop()
      return service.readyMilliseconds
    }
    const rounds: Array<number> = []
    await start()
    while (rounds.length < sizes.startRounds) rounds.push(await start())
    return [
      {
        name: `ready after process start, on an existing database, with ${access} access`,
        unit: 'ms',
        rounds,
        target: { atMost: mostMilliseconds[access] },
        note: 'with nothing compiled ahead, as in a fresh container',
      },
    ]
  }
