/**
 * Which protocol of writing the ledger this release speaks. Once it writes what an older one must not be mixed with, it
 * raises `minimum_writer` of the deployment, and from then on that one writes nothing. 2: ids can be banned.
 */
export const ledgerProtocol = 2

/** The ledger is written by a protocol that this release does not know. */
export class OutdatedWriter extends Error {
  readonly code = 'OUTDATED_WRITER'
}
