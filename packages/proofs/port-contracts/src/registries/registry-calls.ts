import { createHash, randomUUID } from 'node:crypto'
import {
  type CreateOutcome,
  type CreateRequest,
  type DeleteOutcome,
  markerOf,
  type ReadOutcome,
  type RegistryCapabilities,
  type SecretText,
  secretText,
  type SharedEntry,
} from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import * as E from 'fp-ts/lib/Either.js'
import { makeSharedContent, type RegistrySubject } from './registry-subject.ts'

export interface Row {
  readonly credentialId: string
  readonly vendorName: string
  readonly marker: string
  readonly token: SecretText
}

export type Created = Extract<CreateOutcome, { kind: 'created' }>

/** How the promises call the client of the subject that is open: as the service does, for rows it has recorded. */
export const makeRegistryCalls = (subject: () => RegistrySubject) => {
  let shared = makeSharedContent({ isShared: false })
  let named: Array<string> = []

  const capabilities = (): RegistryCapabilities => subject().client.capabilities

  const aRow = (clusterId = 'cls-abc123'): Row => {
    const credentialId = randomUUID()
    const entropy = createHash('sha256').update(credentialId).digest('hex').slice(0, 32)
    const vendorName = subject().client.vendorName({
      clusterId,
      credentialId,
      cloudProvider: 'gcp',
      region: 'us-east1',
      entropy,
    })
    named.push(vendorName)
    return {
      credentialId,
      vendorName,
      marker: markerOf('contract', credentialId),
      token: secretText(`Aa1-${createHash('sha256').update(entropy).digest('hex').slice(0, 40)}`),
    }
  }

  const objectOf = (row: Row) => ({ vendorName: row.vendorName, marker: row.marker })

  const createRequest = (
    row: Row,
    content: Pick<CreateRequest, 'shared'>,
    deadline = subject().deadline(),
  ): CreateRequest => {
    const token: Pick<CreateRequest, 'token'> =
      capabilities().recoveryClass === 'caller-secret' ? { token: row.token } : {}
    return { ...objectOf(row), ...token, ...content, terms: until(deadline) }
  }

  const entryOf = (row: Row, wasCreated: boolean): SharedEntry => ({
    vendorName: row.vendorName,
    wasCreated,
    openToken: () => E.right(row.token),
  })

  const createUnder = async (
    content: Pick<CreateRequest, 'shared'>,
    row: Row,
    deadline = subject().deadline(),
  ): Promise<CreateOutcome> => {
    const outcome = await subject().client.createCredential(createRequest(row, content, deadline))()
    if (outcome.kind === 'created') shared.add(entryOf(row, true))
    return outcome
  }

  const create = (row: Row, deadline = subject().deadline()): Promise<CreateOutcome> => {
    shared.add(entryOf(row, false))
    return createUnder(shared.content(), row, deadline)
  }

  return {
    capabilities,
    aRow,
    objectOf,
    create,
    /** Every test begins with nothing. */
    begin: (): void => {
      shared = makeSharedContent({ isShared: capabilities().sharedObject })
      named = []
    },
    /** Every name that the client gave. */
    named: (): ReadonlyArray<string> => named,
    created: async (row: Row): Promise<Created> => {
      const outcome = await create(row)
      if (outcome.kind !== 'created') throw new Error(`expected a credential, got ${JSON.stringify(outcome)}`)
      return outcome
    },
    /** As a writer that another writer has passed. */
    createStale: (row: Row): Promise<CreateOutcome> => {
      shared.add(entryOf(row, false))
      return subject().client.createCredential(createRequest(row, shared.staleContent()))()
    },
    remove: (row: Row, deadline = subject().deadline()): Promise<DeleteOutcome> => {
      shared.remove(row.vendorName)
      return subject().client.deleteCredential({ ...objectOf(row), ...shared.content(), terms: until(deadline) })()
    },
    /** Creates and deletes side by side, as calls of the service do that got one lease of a shared object together. */
    underOneLease: async (creates: ReadonlyArray<Row>, deletes: ReadonlyArray<Row>) => {
      for (const row of creates) shared.add(entryOf(row, false))
      for (const { vendorName } of deletes) shared.remove(vendorName)
      const content = shared.content()
      const deleteOne = (row: Row) =>
        subject().client.deleteCredential({ ...objectOf(row), ...content, terms: until(subject().deadline()) })()
      const [created, deleted] = await Promise.all([
        Promise.all(creates.map((row) => createUnder(content, row))),
        Promise.all(deletes.map(deleteOne)),
      ])
      return { created, deleted }
    },
    /** What a row of the ledger asks of a shared object, without a call for it. */
    mention: (row: Row, entry: Partial<SharedEntry>): void => shared.add({ ...entryOf(row, false), ...entry }),
    /** Asks for the delete of what has this row's name and another's marker. */
    removeNamesake: (row: Row): Promise<DeleteOutcome> =>
      subject().client.deleteCredential({
        vendorName: row.vendorName,
        marker: markerOf('contract', randomUUID()),
        ...shared.content(),
        terms: until(subject().deadline()),
      })(),
    read: (row: Row): Promise<ReadOutcome> =>
      subject().client.getCredential({ ...objectOf(row), terms: until(subject().deadline()) })(),
    accepted: (outcome: Created): Promise<boolean> => subject().accepts(outcome.username, outcome.token.reveal()),
    objects: (): Promise<ReadonlyArray<string>> => subject().objects(),
    /** What cannot be withdrawn needs no request to say so. */
    whereNothingIsSent: (): ReadonlyArray<DeleteOutcome['kind']> => (capabilities().revocable ? [] : ['not_revocable']),
  }
}

export type RegistryCalls = ReturnType<typeof makeRegistryCalls>

/** Gone, and truthfully so: deleted by this call, or shown to be absent. */
export const isGone = (outcome: DeleteOutcome): boolean =>
  outcome.kind === 'deleted' || (outcome.kind === 'absent' && outcome.evidence !== 'foreign_object')

export const isCreated = (outcome: CreateOutcome): outcome is Created => outcome.kind === 'created'
