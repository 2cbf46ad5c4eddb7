import type { Measure } from '../figure.ts'
import type { Sizes } from '../sizes.ts'
import { type Caller, clusterIds } from '../under-test/caller.ts'
import type { BenchStage } from '../under-test/open-bench-stage.ts'

const vendorMilliseconds = 300
/** A new robot is a PUT of the robot and a PUT of its team membership; a new service account is one POST. */
const quayCalls = 2

/** A cluster's first generate, while each vendor takes the same time for everything that its credential needs. */
export const measureCold =
  (stage: BenchStage, caller: Caller, sizes: Sizes): Measure =>
  async () => {
    const latencies = { quayMilliseconds: vendorMilliseconds / quayCalls, rhitMilliseconds: vendorMilliseconds }
    const service = await (await stage.openDeployment('cold', { latencies })).startService()
    const rounds: Array<number> = []
    for (const id of clusterIds('cold', sizes.coldRounds + 1)) rounds.push(...(await caller.generate(service, [id])))
    // The first one of all makes the team and opens the connections.
    rounds.shift()
    await service.stop()
    const ofQuay = `${quayCalls} calls of ${vendorMilliseconds / quayCalls} ms one after the other`
    const note = `each vendor takes ${vendorMilliseconds} ms for all it is asked: quay ${ofQuay}, rhit one call`
    return [
      {
        name: `cold generate over two vendors of ${vendorMilliseconds} ms each`,
        unit: 'ms',
        rounds,
        target: { atMost: vendorMilliseconds + 20 },
        note,
      },
    ]
  }
