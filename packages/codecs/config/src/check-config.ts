import type { Config } from './config.ts'
import type { ConfigFault } from './fault.ts'

const invalid = (field: string, message: string, hint: string): ConfigFault => ({
  field,
  rule: 'invalid',
  message: `${field} ${message}`,
  hint,
})

const checkAccess = ({ deployment }: Config): ReadonlyArray<ConfigFault> =>
  deployment.sandbox
    ? []
    : [
        invalid(
          'access.type',
          'may be static only in a sandbox',
          'set deployment.sandbox to true, but only where no real credential is at stake',
        ),
      ]

const checkPorts = ({ server }: Config): ReadonlyArray<ConfigFault> =>
  server.port !== 0 && server.port === server.metricsPort
    ? [invalid('server.metrics_port', 'must differ from server.port', 'choose another port')]
    : []

interface Claim {
  readonly field: string
  readonly value: string
}

/** The fields whose value an earlier one has already. */
const repeated = (claims: ReadonlyArray<Claim>): ReadonlyArray<string> =>
  claims
    .filter((claim, index) => claims.findIndex((other) => other.value === claim.value) < index)
    .map((claim) => claim.field)

const checkRegistries = ({ registries }: Config): ReadonlyArray<ConfigFault> => {
  const ids = registries.map(({ id }, index): Claim => ({ field: `registries.${String(index)}.id`, value: id }))
  const hosts = registries.flatMap((registry, index) => [
    ...(registry.hosts ?? []).map((value, place): Claim => ({
      field: `registries.${String(index)}.hosts.${String(place)}`,
      value,
    })),
    ...(registry.aliases ?? []).map((value, place): Claim => ({
      field: `registries.${String(index)}.aliases.${String(place)}`,
      value,
    })),
  ])
  return [
    ...repeated(ids).map((field) =>
      invalid(field, 'must not be the id of another registry', 'use a unique id for each registry'),
    ),
    ...repeated(hosts).map((field) =>
      invalid(
        field,
        'must not be named twice',
        'a host belongs to one registry: one entry of the pull secret serves it',
      ),
    ),
  ]
}

/** What no single setting can say about itself. */
export const checkConfig = (config: Config): ReadonlyArray<ConfigFault> => [
  ...checkAccess(config),
  ...checkPorts(config),
  ...checkRegistries(config),
]
