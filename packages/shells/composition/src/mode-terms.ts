import type { RateLimit } from '@pull-secret/config'
import type { ServiceIdentifier } from 'inversify'

/** How callers reach the API port. */
export interface ListenerTerms {
  /** Whether it may do without TLS. */
  readonly plainHttp: boolean
}

/** Which callers an API server is asked about. */
export interface AccessTerms {
  /** A token must be for one of them; empty: for the API server itself. */
  readonly audiences: ReadonlyArray<string>
}

/** How much callers may ask of each replica. */
export interface LimitTerms {
  readonly standard: RateLimit
}

/** What the mode of a deployment decides where its configuration says nothing. */
export interface ModeTerms {
  readonly listener: ListenerTerms
  readonly access: AccessTerms
  readonly limits: LimitTerms
}

const token = <K extends keyof ModeTerms>(name: K): ServiceIdentifier<ModeTerms[K]> =>
  Symbol.for(`pull-secret/mode/${name}`)

export const ModeTokens = { listener: token('listener'), access: token('access'), limits: token('limits') } as const
