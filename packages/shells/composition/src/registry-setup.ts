import type { BudgetConfig } from '@pull-secret/config'
import type { RegistryAdapter, RegistryProxy } from '@pull-secret/domain'
import type { KnownPath } from './configured-capabilities.ts'

/** One configured registry and the adapter of its type. */
export interface RegistrySetup extends KnownPath {
  readonly id: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- only the adapter sees the type of its own section
  readonly adapter: RegistryAdapter<any>
  /** The section that the adapter decodes. */
  readonly config?: unknown
  readonly enabled?: boolean
  /** Absent: as the adapter says. */
  readonly required?: boolean
  readonly hosts?: ReadonlyArray<string>
  readonly aliases?: ReadonlyArray<string>
  readonly email?: string
  /** At least 6. Default: as in a configuration. */
  readonly leaseSeconds?: number
  /** Default: as in a configuration. */
  readonly callSeconds?: number
  readonly caFile?: string
  /** Every connection to the vendor goes through it. */
  readonly proxy?: RegistryProxy
  /** Absent: none. */
  readonly budget?: BudgetConfig
}
