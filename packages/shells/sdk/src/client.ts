import { checkOptions, invalidOption } from './check-options.ts'
import type { Operations } from './operations.ts'
import { PullSecretError } from './pull-secret-error.ts'
import type { CallOptions } from './pull-secrets.ts'

/** The names of every option: an option without a name here does not compile. */
export type Names<Options> = Readonly<Record<keyof Options, true>>

export const callNames: Names<CallOptions> = { signal: true }

/** @throws PullSecretError `INVALID_REQUEST` for an unknown option, and for a signal that is none */
export const checkCallOptions = <Options extends CallOptions>(options: Options, names: Names<Options>): void => {
  checkOptions('options', options, Object.keys(names))
  const signal: unknown = options.signal
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw invalidOption('signal', 'signal must be an AbortSignal')
}

/** What the interfaces to one service share: they are closed together. */
export interface Client {
  readonly operations: Operations
  /** Aborts with the caller's signal, and with `close`. */
  readonly signalOf: (options: CallOptions) => AbortSignal
  readonly close: () => Promise<void>
}

export const makeClient = (operations: Operations): Client => {
  const closing = new AbortController()
  return {
    operations,
    signalOf: ({ signal }) => (signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal])),
    close: async () => {
      if (closing.signal.aborted) return
      closing.abort(new PullSecretError('CLOSED', 'The client is closed'))
      await operations.close()
    },
  }
}
