import type { Credential } from './credential.ts'

/** What one cluster has at one registry. Rows that are being revoked are none of it. */
export interface RegistryRows<Row> {
  /** The entry of the document. */
  readonly active?: Row
  /** Intended or ready: not an entry yet. */
  readonly unpublished?: Row
  /** Still accepted beside a newer entry. */
  readonly retiring: ReadonlyArray<Row>
}

type Placed = Pick<Credential, 'registryId' | 'state'>

/** The ledger keeps at most one active and one unpublished row of each cluster and registry. */
export const registryRows = <Row extends Placed>(rows: ReadonlyArray<Row>, registryId: string): RegistryRows<Row> => {
  const there = rows.filter((row) => row.registryId === registryId)
  const active = there.find(({ state }) => state === 'active')
  const unpublished = there.find(({ state }) => state === 'intended' || state === 'ready')
  return {
    ...(active === undefined ? {} : { active }),
    ...(unpublished === undefined ? {} : { unpublished }),
    retiring: there.filter(({ state }) => state === 'retiring'),
  }
}

/** The row that a request for a document waits for. What is made beside an entry is to replace it: nobody misses it. */
export const presentedRow = <Row>({ active, unpublished }: RegistryRows<Row>): Row | undefined => active ?? unpublished
