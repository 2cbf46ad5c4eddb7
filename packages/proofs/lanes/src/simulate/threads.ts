import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** Runs a module in a thread of its own: a text it sends is a step, the other message is its result. */
export const inThread = async <A extends object>(
  module: URL,
  workerData: object,
  onStep: (what: string) => void,
): Promise<A> => {
  const thread = new Worker(module, { workerData, execArgv: [...process.execArgv] })
  let result: { readonly value: A } | undefined
  thread.on('message', (message: string | A) => {
    if (typeof message === 'string') onStep(message)
    else result = { value: message }
  })
  await once(thread, 'exit')
  if (result === undefined) throw new Error('a thread ended without its result')
  return result.value
}
