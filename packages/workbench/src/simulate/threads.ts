import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** Runs a module in a thread of its own: `run` messages are counted, the other message is its result. */
export const inThread = async <A>(module: URL, workerData: object, onRun: () => void): Promise<A> => {
  const thread = new Worker(module, { workerData, execArgv: [...process.execArgv] })
  let result: { readonly value: A } | undefined
  thread.on('message', (message: 'run' | A) => {
    if (message === 'run') onRun()
    else result = { value: message }
  })
  await once(thread, 'exit')
  if (result === undefined) throw new Error('a thread ended without its result')
  return result.value
}
