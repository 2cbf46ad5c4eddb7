import type { Dispatcher } from 'undici'

/** How to reach an API server at this moment, and as whom. */
export interface Reach {
  readonly dispatcher: Dispatcher
  /** The value of the `Authorization` header; absent where a client certificate says who we are. */
  readonly authorization?: string
}

/** A way to one API server. Files that it is made of are followed when they change. */
export interface ClusterConnection {
  /** Origin of the API server, such as `https://10.0.0.1:443`. */
  readonly server: string
  /** Rejects with a {@link ConnectionFault} while a file or plugin that is needed gives nothing, and once aborted. */
  readonly reach: (signal: AbortSignal) => Promise<Reach>
  readonly close: () => Promise<void>
}

/** Why no request can be sent: names the setting or file and the rule, never content. */
export class ConnectionFault extends Error {}
