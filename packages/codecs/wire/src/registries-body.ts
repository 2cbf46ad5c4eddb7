import { described, oneOf } from '@pull-secret/decoding'
import type { AccessCheck, RegistryReport } from '@pull-secret/domain'
import * as t from 'io-ts'
import { openCircuit, problemWord, registryIdOfAnswer, text } from './text-codecs.ts'

const accessBody = described(
  t.intersection(
    [
      t.type({
        status: described(oneOf('working', 'failing'), "Whether the registry takes the service's credentials."),
      }),
      t.partial({
        problem: problemWord,
        detail: text('What to look at, for operators.', 'the file of the token is missing'),
      }),
    ],
    'an access check',
  ),
  "The service's access at a registry.",
  { title: 'RegistryAccess' },
)

const budgetBody = described(
  t.type(
    {
      per_minute: described(t.number, 'What the vendor allows everybody who shares its limit.', { example: 60 }),
      burst: described(t.number, 'How many of them at once after a pause.', { example: 10 }),
      share: described(t.number, "This deployment's part of both.", { example: 1 }),
    },
    'a call budget',
  ),
  'How many requests may be sent to the registry; absent: any number.',
  { title: 'CallBudget' },
)

const registryBody = described(
  t.intersection(
    [
      t.type({
        registry_id: registryIdOfAnswer,
        type: text('Type of the registry.', 'quay'),
        enabled: described(t.boolean, 'Whether clusters get credentials at it.'),
        required: described(t.boolean, 'Whether a cluster has no pull secret without it.'),
        hosts: described(t.array(text('A host.', 'quay.io')), 'The hosts of its entry in a pull secret.'),
      }),
      t.partial({ budget: budgetBody, circuit: openCircuit, access: accessBody }),
    ],
    'a registry',
  ),
  'A configured registry.',
  { title: 'Registry' },
)

export const registriesBody = described(
  t.type({ registries: described(t.array(registryBody), 'In the order of the configuration.') }, 'the registries'),
  'The configured registries.',
  { title: 'Registries' },
)

export type RegistriesBody = t.TypeOf<typeof registriesBody>

const toAccessBody = (access: AccessCheck): t.TypeOf<typeof accessBody> =>
  access.kind === 'working'
    ? { status: 'working' }
    : {
        status: 'failing',
        problem: access.problem,
        ...(access.detail === undefined ? {} : { detail: access.detail }),
      }

export const toRegistriesBody = (listed: ReadonlyArray<RegistryReport>): RegistriesBody => ({
  registries: listed.map(({ registryId, type, enabled, required, hosts, budget, isCircuitOpen, access }) => ({
    registry_id: registryId,
    type,
    enabled,
    required,
    hosts: [...hosts],
    ...(budget === undefined
      ? {}
      : { budget: { per_minute: budget.perMinute, burst: budget.burst, share: budget.share } }),
    ...(isCircuitOpen ? { circuit: 'open' as const } : {}),
    ...(access === undefined ? {} : { access: toAccessBody(access) }),
  })),
})
