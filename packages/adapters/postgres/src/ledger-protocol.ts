/**
 * Which protocol of writing the ledger this release speaks. A later one that must not be mixed with it raises
 * `minimum_writer` of the deployment in its migration, and from then on this release writes nothing.
 */
export const ledgerProtocol = 1

/** The ledger is written by a protocol that this release does not know. */
export class OutdatedWriter extends Error {
  readonly code = 'OUTDATED_WRITER'
}
