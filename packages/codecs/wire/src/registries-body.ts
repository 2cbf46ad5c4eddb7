import type { AccessCheck, RegistryReport } from '@pull-secret/domain'
import * as t from 'io-ts'
import { oneOf } from './text-codecs.ts'

const accessBody = t.intersection(
  [t.type({ status: oneOf('working', 'failing') }), t.partial({ problem: t.string, detail: t.string })],
  'an access check',
)

const registryBody = t.intersection(
  [
    t.type({
      registry_id: t.string,
      type: t.string,
      enabled: t.boolean,
      required: t.boolean,
      hosts: t.array(t.string),
    }),
    t.partial({ access: accessBody }),
  ],
  'a registry',
)

export const registriesBody = t.type({ registries: t.array(registryBody) }, 'the registries')

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
  registries: listed.map(({ registryId, type, enabled, required, hosts, access }) => ({
    registry_id: registryId,
    type,
    enabled,
    required,
    hosts: [...hosts],
    ...(access === undefined ? {} : { access: toAccessBody(access) }),
  })),
})
