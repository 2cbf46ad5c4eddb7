import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Failure } from '../errors.ts'
import type { Instant } from '../platform/instant.ts'

/** What a process that writes the ledger says of itself. */
export interface ReplicaFacts {
  /** Drawn at its start. */
  readonly id: string
  /** What it is, such as a server or a command. */
  readonly component: string
  /** The machine or pod that it runs on. */
  readonly host: string
  /** Its release. */
  readonly version: string
  /** The keys that it can read with, by their ids. */
  readonly keyIds: ReadonlyArray<string>
}

export interface Replica extends ReplicaFacts {
  /** The protocol by which it writes the ledger. */
  readonly protocol: number
  /** By the ledger's clock, as `seenAt`. */
  readonly startedAt: Instant
  readonly seenAt: Instant
}

export interface SeenReplicas {
  readonly replicas: ReadonlyArray<Replica>
  readonly readAt: Instant
}

/** Who writes the ledger. Every process says so when it begins and every `beatSeconds` from then on. */
export interface ReplicaRegister {
  /** Says that a replica lives, and what it says of itself now. */
  readonly beat: (facts: ReplicaFacts) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, void>
  /** Says that a replica has ended in order. */
  readonly leave: (id: string) => TaskEither<Failure<'LEDGER_UNAVAILABLE'>, void>
  /** Everybody who was seen within the last hour and has not left, the longest running first. */
  readonly seen: TaskEither<Failure<'LEDGER_UNAVAILABLE'>, SeenReplicas>
}
