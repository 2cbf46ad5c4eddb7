import { parentPort, workerData } from 'node:worker_threads'
import type { SimulateOptions } from './options.ts'
import { playSeeds } from './play-seeds.ts'

const { options, from } = workerData as { readonly options: SimulateOptions; readonly from: number }

parentPort?.postMessage(
  await playSeeds(options, from, options.workers, () => {
    parentPort?.postMessage('run')
  }),
)
