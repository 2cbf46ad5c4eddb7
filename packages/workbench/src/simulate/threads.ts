import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** Runs a module of this folder in a thread of its own: `run` messages are counted, the other message is its result. */
export const inThread = async <A>(module: string, workerData: object, onRun: () => void): Promise<A> => {
  const thread = new Worker(new URL(module, import.meta.url), { workerData, execArgv: [...process.execArgv] })
  let result: { readonly value: A } | undefined
  thread.on('message', (message: 'run' | A) => {
    if (message === 'run') onRun()
    else result = { value: message as A }
  })
  await once(thread, 'exit')
  if (result === undefined) throw new Error('a thread ended without its result')
  return result.value
}
