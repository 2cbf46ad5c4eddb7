import type { Credential } from '@pull-secret/domain'

/** As wide as its column. */
const longestRegistryId = 50

/** PostgreSQL's text holds every character but this one, and its times are finite. */
const isUnstorable = (value: unknown): boolean =>
  typeof value === 'string' ? value.includes('\0') : typeof value === 'number' && !Number.isFinite(value)

const isServable = ({ state }: Credential): boolean => state === 'ready' || state === 'active' || state === 'retiring'

const count = (rows: ReadonlyArray<Credential>, states: ReadonlyArray<Credential['state']>): number =>
  rows.filter(({ state }) => states.includes(state)).length

/** The rule of the database's tables that a row breaks by itself. */
const brokenByRow = (row: Credential): string | undefined => {
  if (row.registryId.length > longestRegistryId) return 'a registry id fits its column'
  if (Object.values(row).some(isUnstorable)) return 'a value can be stored'
  if (row.generation < 1) return 'a generation is positive'
  if ((row.state === 'revoked') !== (row.proof !== undefined)) return 'a revoked row has a proof, and no other has'
  if (row.state === 'revoked' && row.sealedToken !== undefined) return 'a revoked row has no token'
  if (isServable(row) && (row.sealedToken === undefined || row.username === undefined))
    return 'a row that may be handed out has a token and a user name'
  return undefined
}

/** The first rule of the database's tables that these rows of one cluster break. */
export const brokenRule = (rows: ReadonlyArray<Credential>): string | undefined => {
  const broken = rows.map(brokenByRow).find((rule) => rule !== undefined)
  if (broken !== undefined) return broken
  const registries = [...new Set(rows.map(({ registryId }) => registryId))].map((id) =>
    rows.filter((row) => row.registryId === id),
  )
  if (registries.some((there) => count(there, ['active']) > 1)) return 'a registry has at most one active credential'
  return registries.some((there) => count(there, ['intended', 'ready']) > 1)
    ? 'a registry has at most one unpublished credential'
    : undefined
}
