import type { Facts, Invariant, SeenVendorObject } from './facts.ts'

/** What the ledger and the vendors have to say about each other. */
type Seen = Pick<Facts, 'objects' | 'credentials'>

const complaint = (
  { registryId, vendorName, credentialId }: SeenVendorObject,
  { credentials }: Pick<Facts, 'credentials'>,
): string | undefined => {
  const row = credentials.find(({ id }) => id === credentialId)
  const object = `${vendorName} at ${registryId}`
  if (row === undefined) return `${object} has no row`
  if (row.state === 'revoked') return `${object} is there although its row is revoked`
  return row.vendorName === vendorName && row.registryId === registryId
    ? undefined
    : `${object} carries the marker of ${row.vendorName} at ${row.registryId}`
}

/** What is served must be there; and a look at a vendor that sees nothing would prove nothing. */
const unseen = ({ objects, credentials }: Seen): ReadonlyArray<string> => {
  const seen = new Set(objects.map(({ credentialId }) => credentialId))
  return credentials
    .filter(({ id, state }) => state === 'active' && !seen.has(id))
    .map(({ vendorName, registryId }) => `${vendorName} is active and not at ${registryId}`)
}

/** Objects of ours without a row that stands for them, and active rows without their object; one sentence each. */
export const orphansIn = (seen: Seen): ReadonlyArray<string> => [
  ...seen.objects.flatMap((object) => complaint(object, seen) ?? []),
  ...unseen(seen),
]

export const noOrphan: Invariant = {
  name: 'I1 every object of ours at a vendor has a row that is not revoked, and every active row its object',
  broken: orphansIn,
}
