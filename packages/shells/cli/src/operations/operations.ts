import type { DeletingBody, JobRunBody, PullSecretBody, RegistriesBody } from '@pull-secret/wire'
import type { Either } from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failing/command-failure.ts'

/** What a caller may say when it asks for a pull secret. */
export interface GenerateWish {
  readonly externalId?: string
  readonly cloudProvider?: string
  readonly region?: string
  /** Absent: every enabled registry. */
  readonly registries?: ReadonlyArray<string>
  /** The deleted incarnation that is to live again. */
  readonly recreate?: number
}

export type Deletion = { readonly status: 'deleted' } | DeletingBody

export const jobNames = ['recovery'] as const

export type JobName = (typeof jobNames)[number]

export type Answer<A> = Promise<Either<CommandFailure, A>>

/** What the commands ask for, whether a server does it or this process. Answers are those of the HTTP API. */
export interface Operations {
  readonly generate: (clusterId: string, wish: GenerateWish) => Answer<PullSecretBody>
  readonly retrieve: (clusterId: string) => Answer<PullSecretBody>
  readonly remove: (clusterId: string, incarnation?: number) => Answer<Deletion>
  /** `check`: also ask each vendor whether the service's access works. */
  readonly registries: (check: boolean) => Answer<RegistriesBody>
  readonly runJob: (job: JobName) => Answer<JobRunBody>
  readonly close: () => Promise<void>
}
