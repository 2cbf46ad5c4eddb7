import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Failure } from '../errors.ts'

export interface RegistryScope {
  readonly registryId: string
  readonly scope: string
  /** How many rows that are not revoked stand there; 10,000 stand for more. */
  readonly credentials: number
  /** One of the clusters that own them. */
  readonly clusterId: string
}

/** What every replica has to know of a registry before it may add a credential there. */
export interface RegistryFacts {
  readonly id: string
  readonly scope: string
  readonly enabled: boolean
  readonly required: boolean
}

/** What tells a key of the key ring from another under its id, and nothing about the key. */
export interface KeyCheck {
  readonly keyId: string
  readonly check: string
}

/** What the ledger remembers of the deployment that owns it. */
export interface DeploymentRegister {
  /** The id that is stored; nothing before the first start. */
  readonly owner: TaskEither<Failure<'LEDGER_UNAVAILABLE'>, string | undefined>
  /** Stores the id at the first start; afterwards it must agree. */
  readonly agreeOn: (deploymentId: string) => TaskEither<Failure<'DEPLOYMENT_MISMATCH' | 'LEDGER_UNAVAILABLE'>, void>
  /** Every key that was ever agreed on. */
  readonly keys: TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ReadonlyArray<KeyCheck>>
  /** Remembers keys with new ids; one with a known id must be the same. A refusal remembers nothing. */
  readonly agreeOnKeys: (
    keys: ReadonlyArray<KeyCheck>,
  ) => TaskEither<Failure<'KEY_CHANGED' | 'LEDGER_UNAVAILABLE'>, void>
  /** The distinct vendor scopes of rows that are not revoked, and what stands there. */
  readonly scopesInUse: TaskEither<Failure<'LEDGER_UNAVAILABLE'>, ReadonlyArray<RegistryScope>>
  /**
   * Remembers what the newest configuration says of the registries; every decision sees it from then on. Makes every
   * live cluster due when a registry is enabled that was not before. Refuses, and remembers nothing, where unrevoked
   * credentials stand at a place that no registry has any more; none is added there meanwhile. Costs the same however
   * many clusters there are.
   */
  readonly agreeOnRegistries: (
    registries: ReadonlyArray<RegistryFacts>,
  ) => TaskEither<Failure<'SCOPE_CHANGED' | 'REGISTRY_MISSING' | 'LEDGER_UNAVAILABLE'>, void>
}
