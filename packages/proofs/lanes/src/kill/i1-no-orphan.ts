import type { Facts, Invariant, SeenVendorObject } from './facts.ts'

const complaint = (
  { registryId, vendorName, credentialId }: SeenVendorObject,
  { credentials }: Facts,
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
const unseen = ({ objects, credentials }: Facts): ReadonlyArray<string> => {
  const seen = new Set(objects.map(({ credentialId }) => credentialId))
  return credentials
    .filter(({ id, state }) => state === 'active' && !seen.has(id))
    .map(({ vendorName, registryId }) => `${vendorName} is active and not at ${registryId}`)
}

export const noOrphan: Invariant = {
  name: 'I1 every object of ours at a vendor has a row that is not revoked, and every active row its object',
  broken: (facts) => [...facts.objects.flatMap((object) => complaint(object, facts) ?? []), ...unseen(facts)],
}
