import type { Stage } from '../stage/open-stage.ts'
import { registryHosts } from '../stage/service-config.ts'
import type { CredentialFact, Facts } from './facts.ts'
import type { LedgerDatabase } from './ledger-database.ts'
import { searchForLeaks } from './search-for-leaks.ts'
import type { Strangers } from './strangers.ts'
import type { Traffic } from './traffic.ts'
import { acceptedEntries, keyOf, objectsAtVendors, registryOf, vendorNameOf } from './vendor-facts.ts'

export interface CollectDeps {
  readonly stage: Stage
  readonly database: LedgerDatabase
  readonly traffic: Traffic
  readonly strangers: Strangers
  readonly metrics: string
  readonly doubleRows: ReadonlyArray<string>
}

const placeOf = (registryId: string, vendorName: string): string => `${registryId}\n${vendorName}`

/** Reads everything there is to know once nothing moves any more. */
export const collectFacts = async (deps: CollectDeps): Promise<Facts> => {
  const { stage, database, traffic, strangers, doubleRows } = deps
  const credentials = await database.credentials()
  const rows = new Map(
    credentials.map((row): [string, CredentialFact] => [placeOf(row.registryId, row.vendorName), row]),
  )
  const accepted = await acceptedEntries(
    stage,
    traffic.records().flatMap(({ handed }) => handed),
  )
  return {
    calls: traffic.records(),
    credentials,
    clusters: await database.clusters(),
    registryIds: Object.keys(registryHosts(stage.plainHost)),
    audit: await database.audit(),
    chains: await database.chains(),
    objects: objectsAtVendors(stage),
    touchedStrangers: strangers.touched(),
    isAccepted: (entry) => accepted.has(keyOf(entry)),
    rowOf: (entry) => rows.get(placeOf(registryOf(stage, entry), vendorNameOf(entry))),
    ...(await searchForLeaks(deps)),
    doubleRows,
  }
}
