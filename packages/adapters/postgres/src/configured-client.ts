import { Client, type ClientConfig } from 'pg'

/** What the driver keeps beside its options; not part of its types. */
interface Inherited {
  readonly connectionParameters: { options: unknown; replication: unknown }
}

type Connected = (error: Error) => void

/**
 * A driver's client that asks for its options whenever a connection is opened, so that a changed address, password or
 * CA counts for the next one. `current` must not throw: the pool opens connections where nobody could catch it.
 */
export const configuredClient = (current: () => ClientConfig): new (pooled?: ClientConfig) => Client =>
  class ConfiguredClient extends Client {
    constructor(pooled: ClientConfig = {}) {
      super({ ...pooled, ...current() })
      // PGOPTIONS and PGREPLICATION would be sent to the server, and the driver has no option for "nothing".
      const { connectionParameters } = this as unknown as Inherited
      connectionParameters.options = undefined
      connectionParameters.replication = undefined
    }

    override connect(): Promise<Client>
    override connect(connected: Connected): void
    override connect(connected?: Connected): Promise<Client> | undefined {
      if (connected === undefined) return super.connect()
      super.connect((error: Error) => {
        // The driver leaves the socket open when it gives up itself, as it does where a password is missing.
        if (error as Error | undefined) void this.end()
        connected(error)
      })
      return undefined
    }
  }
