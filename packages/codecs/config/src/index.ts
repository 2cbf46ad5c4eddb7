export type { AccessConfig, KubernetesAccessConfig, StaticAccessConfig } from './access-config.ts'
export type { BudgetConfig } from './budget-config.ts'
export type {
  Config,
  DatabaseConfig,
  DeploymentConfig,
  DeploymentMode,
  RecoveryConfig,
  ServerConfig,
  ServerTlsConfig,
  TracesConfig,
} from './config.ts'
export { describeRegistryKeys, type RegistryKeyDescription } from './describe-registry-keys.ts'
export { describeSettings, type SettingDescription } from './describe-settings.ts'
export { type ConfigFault, describeFaults } from './fault.ts'
export { type ConfigRefusal, type ConfigSources, loadConfig } from './load-config.ts'
export { configFlags } from './names.ts'
export type { RateLimit, RateLimitsConfig } from './rate-limits-config.ts'
export type { ReadFile } from './read-config-file.ts'
export type { Environment } from './read-environment.ts'
export type { Flags } from './read-flags.ts'
export type { ReadableParts } from './readable-parts.ts'
export { redactedConfig } from './redacted-config.ts'
export { type RegistryConfig, registryDefaults } from './registry-config.ts'
export { decodeSetting, defaultOf } from './settings.ts'
export type { Mismatch } from '@pull-secret/decoding'
