import type { RegistriesBody } from '@pull-secret/wire'
import { table } from './table.ts'
import type { View } from './view.ts'

const yesNo = (value: boolean): string => (value ? 'yes' : 'no')

const problemOf = (access: RegistriesBody['registries'][number]['access']): string =>
  [access?.problem, access?.detail].filter((part) => part !== undefined).join(': ')

/** The configured registries; with a column for the vendors' answers where they were asked. */
export const presentRegistries = (body: RegistriesBody): View => {
  const isChecked = body.registries.some(({ access }) => access !== undefined)
  const rows = body.registries.map(
    ({ registry_id: id, type, enabled, required, hosts, circuit = 'closed', access }) => [
      id,
      type,
      yesNo(enabled),
      yesNo(required),
      hosts.join(', '),
      circuit,
      ...(isChecked ? [access?.status, problemOf(access)] : []),
    ],
  )
  return {
    text: table(
      ['REGISTRY', 'TYPE', 'ENABLED', 'REQUIRED', 'HOSTS', 'CIRCUIT', ...(isChecked ? ['ACCESS', 'PROBLEM'] : [])],
      rows,
    ),
    data: body,
  }
}
