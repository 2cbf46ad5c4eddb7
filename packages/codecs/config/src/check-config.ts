import { type ConfigFault, hintToSet } from './fault.ts'
import type { SettingPath, SettingValues } from './settings.ts'

type Values = Partial<SettingValues>

const invalid = (field: string, message: string, hint: string): ConfigFault => ({
  field,
  rule: 'invalid',
  message: `${field} ${message}`,
  hint,
})

const checkPorts = (values: Values): ReadonlyArray<ConfigFault> =>
  values['server.port'] !== 0 && values['server.port'] === values['server.metrics_port']
    ? [invalid('server.metrics_port', 'must differ from server.port', 'choose another port')]
    : []

/** Neither set, nor set to what is not right. */
const isUnset = (values: Values, path: SettingPath): boolean =>
  Object.hasOwn(values, path) && values[path] === undefined

const checkTls = (values: Values): ReadonlyArray<ConfigFault> => {
  const pair = ['server.tls.cert_file', 'server.tls.key_file'] as const
  const unset = pair.filter((path) => isUnset(values, path))
  const [missing] = unset
  if (missing === undefined) return []
  if (unset.length === 1)
    return [
      {
        field: missing,
        rule: 'required',
        message: `${missing} is required: certificate and key belong together`,
        hint: hintToSet(missing),
      },
    ]
  return values['server.tls.client_ca_file'] === undefined
    ? []
    : [invalid('server.tls.client_ca_file', `has no effect without ${missing}`, hintToSet(missing))]
}

const checkTraces = (values: Values): ReadonlyArray<ConfigFault> => {
  const [endpoint, headersFile] = ['telemetry.traces.endpoint', 'telemetry.traces.headers_file'] as const
  if (values[headersFile] === undefined) return []
  if (isUnset(values, endpoint)) return [invalid(headersFile, `has no effect without ${endpoint}`, hintToSet(endpoint))]
  return values[endpoint]?.startsWith('http:')
    ? [invalid(endpoint, `must be an https address with ${headersFile}`, 'credentials must not travel in clear text')]
    : []
}

interface Claim {
  readonly field: string
  readonly value: string
}

/** The fields whose value an earlier one has already. */
const repeated = (claims: ReadonlyArray<Claim>): ReadonlyArray<string> =>
  claims
    .filter((claim, index) => claims.findIndex((other) => other.value === claim.value) < index)
    .map((claim) => claim.field)

const checkRegistries = ({ registries = [] }: Values): ReadonlyArray<ConfigFault> => {
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

const checkRateLimits = (values: Values): ReadonlyArray<ConfigFault> =>
  repeated(
    (values['rate_limits.subjects'] ?? []).map(({ subject }, index) => ({
      field: `rate_limits.subjects.${String(index)}.subject`,
      value: subject,
    })),
  ).map((field) => invalid(field, 'must not be named twice', 'give each caller one entry'))

/** What no single setting can say about itself. Settings that are not right are passed over. */
export const checkConfig = (values: Values): ReadonlyArray<ConfigFault> => [
  ...checkPorts(values),
  ...checkTls(values),
  ...checkTraces(values),
  ...checkRateLimits(values),
  ...checkRegistries(values),
]
