import type { Either } from 'fp-ts/lib/Either.js'
import type { IO } from 'fp-ts/lib/IO.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { CallBudget } from '../limits/call-budget.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { RegistryClient } from './registry-client.ts'

/** One fault in a configuration: which field breaks which rule. Never the value. */
export interface ConfigMismatch {
  readonly field: string
  readonly rule: 'required' | 'invalid' | 'format' | 'unknown'
  readonly message: string
}

/** A proxy that connects to a registry by CONNECT. */
export interface RegistryProxy {
  /** An http or https address. */
  readonly url: string
  readonly username?: string
  /** A file with the password, read again when it changes. */
  readonly passwordFile?: string
}

/** What every registry of every type can be told beside its own section. */
export interface RegistryDependencies {
  readonly registryId: string
  /** Marks this deployment's vendor objects. */
  readonly deploymentId: string
  readonly clock: Clock
  readonly logger: Logger
  /** A PEM bundle that is trusted instead of the system's. */
  readonly caFile?: string
  /** Every connection to the vendor goes through it. */
  readonly proxy?: RegistryProxy
  /** How long one HTTP exchange may take. */
  readonly callSeconds: number
  /** Asked before every request to the vendor, repeats and logins included. A registry that is a file asks nobody. */
  readonly turns: CallBudget
}

export interface OpenRegistry {
  readonly client: RegistryClient
  /**
   * What is wrong, at this moment, with the files that the configuration names: `field` is the setting, `message` names
   * the file and the rule. Empty while all of them can be used. Left out where it names none.
   */
  readonly fileFaults?: IO<ReadonlyArray<ConfigMismatch>>
  /** Where a file really lies that this registry writes as a whole: no other may write it too. */
  readonly ownedFile?: string
  /** Frees sockets and file watchers. */
  readonly close: Task<void>
}

/** A registry type. A registry package exports exactly one. */
export interface RegistryAdapter<Config> {
  readonly type: string
  /** Whether a registry of this type is required where the configuration does not say. */
  readonly requiredByDefault: boolean
  readonly decodeConfig: (section: unknown) => Either<ReadonlyArray<ConfigMismatch>, Config>
  /** The hosts that the credential serves where the configuration names none. */
  readonly hosts: (config: Config) => ReadonlyArray<string>
  /** Further hosts that share the credential where the configuration names no aliases. */
  readonly aliases: (config: Config) => ReadonlyArray<string>
  readonly open: (config: Config, dependencies: RegistryDependencies) => OpenRegistry
}
