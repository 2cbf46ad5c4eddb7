import { exactly, wholeNumber } from '@pull-secret/decoding'
import * as t from 'io-ts'
import { type BudgetConfig, budgetSection, toBudgetConfig } from './budget-config.ts'
import { email, filePath, listOf, moduleName, registryHost, registryId, slug } from './codecs.ts'
import { type ProxyConfig, proxySection, toProxyConfig } from './proxy-config.ts'

const daySeconds = 86_400

/** What holds for a registry that says nothing else. */
export const registryDefaults = { leaseSeconds: 30, callSeconds: 10 } as const

const requiredKeys = { id: registryId, type: slug }

const optionalKeys = {
  module: moduleName,
  enabled: t.boolean,
  required: t.boolean,
  hosts: listOf(registryHost, 'hosts'),
  aliases: t.array(registryHost, 'a list of hosts'),
  email,
  lease_seconds: wholeNumber(6, daySeconds),
  call_seconds: wholeNumber(1, daySeconds),
  landing_window_seconds: wholeNumber(0, daySeconds),
  executes_once: t.boolean,
  ca_file: filePath,
  budget: budgetSection,
  proxy: proxySection,
  config: t.unknown,
}

/** Every key of an entry with what it accepts. */
export const registryKeys = { ...requiredKeys, ...optionalKeys }

const registrySection = exactly('a registry', requiredKeys, optionalKeys)

export const registryList = listOf(registrySection, 'registries')

/** One entry of `registries`. */
export interface RegistryConfig {
  readonly id: string
  readonly type: string
  /**
   * Where the adapter of a type comes from that is not built in: a path, relative ones from the process's working
   * directory, or the name of a package.
   */
  readonly module?: string
  /** A disabled registry gets no new credentials. */
  readonly enabled: boolean
  /** Absent: as its type says. */
  readonly required?: boolean
  /** Absent: as its type says. */
  readonly hosts?: ReadonlyArray<string>
  /** Absent: as its type says. An empty list: none. */
  readonly aliases?: ReadonlyArray<string>
  readonly email?: string
  /** How long one attempt holds its row; at least 6. */
  readonly leaseSeconds: number
  /** How long one HTTP exchange may take. */
  readonly callSeconds: number
  /** Absent: as its type says. */
  readonly landingWindowSeconds?: number
  /** Set where nothing stands between the service and the vendor. */
  readonly executesOnce?: boolean
  /** A PEM bundle that is trusted instead of the system's. */
  readonly caFile?: string
  /** Absent: as its type says. */
  readonly budget?: BudgetConfig
  /** Every connection to the vendor goes through it. */
  readonly proxy?: ProxyConfig
  /** Undecoded: the adapter of the type reads it. */
  readonly config: unknown
}

export const toRegistryConfig = (section: t.TypeOf<typeof registrySection>): RegistryConfig => ({
  id: section.id,
  type: section.type,
  module: section.module,
  enabled: section.enabled ?? true,
  required: section.required,
  hosts: section.hosts,
  aliases: section.aliases,
  email: section.email,
  leaseSeconds: section.lease_seconds ?? registryDefaults.leaseSeconds,
  callSeconds: section.call_seconds ?? registryDefaults.callSeconds,
  landingWindowSeconds: section.landing_window_seconds,
  executesOnce: section.executes_once,
  caFile: section.ca_file,
  budget: section.budget === undefined ? undefined : toBudgetConfig(section.budget),
  proxy: section.proxy === undefined ? undefined : toProxyConfig(section.proxy),
  config: section.config ?? {},
})
