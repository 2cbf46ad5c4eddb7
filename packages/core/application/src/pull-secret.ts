import {
  associatedDataOf,
  buildDocument,
  type Cipher,
  type ClusterView,
  type CredentialSummary,
  type Digest,
  type DocumentPart,
  documentText,
  type Failure,
  fingerprintKeyAssociatedData,
  type Instant,
  isServed,
  type PullSecret,
  type Registries,
  type Registry,
  registryStatuses,
  type SecretText,
  type ViewedCredential,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'

export interface AssembleDeps {
  readonly cipher: Cipher
  readonly digest: Digest
  readonly registries: Registries
}

const earliest = (instants: ReadonlyArray<Instant | undefined>): Instant | undefined => {
  const known = instants.filter((instant) => instant !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

interface ServedRow {
  readonly row: ViewedCredential
  readonly registry: Registry
}

/** A registry's hosts are never given a credential of another place, such as one that the registry has left. */
const servedRows = ({ credentials, readAt }: ClusterView, registries: Registries): ReadonlyArray<ServedRow> =>
  credentials
    .filter((row) => isServed(row, readAt))
    .flatMap((row) => {
      const registry = registries.find(row.registryId)
      return registry?.client.scope === row.scope ? [{ row, registry }] : []
    })
    .sort((one, other) => (one.registry.id < other.registry.id ? -1 : 1))

const partOf =
  ({ cipher }: AssembleDeps) =>
  ({ row, registry: { hosts, email } }: ServedRow): E.Either<Failure<'KEY_UNAVAILABLE'>, DocumentPart> =>
    pipe(
      cipher.open(row.sealedToken ?? '', associatedDataOf(row)),
      E.map((token) => ({ hosts, username: row.username ?? '', token, email })),
    )

const summaryOf = (row: ViewedCredential): CredentialSummary => ({
  registryId: row.registryId,
  username: row.username ?? '',
  generation: row.generation,
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
})

const compose = (
  deps: AssembleDeps,
  view: ClusterView,
  active: ReadonlyArray<ViewedCredential>,
  parts: ReadonlyArray<DocumentPart>,
  key: SecretText,
): PullSecret => {
  const document = buildDocument(parts, deps.digest.base64)
  const text = documentText(document)
  return {
    clusterId: view.clusterId,
    incarnation: view.cluster?.incarnation ?? 0,
    document,
    text,
    fingerprint: deps.digest.hmacSha256(key, text),
    fingerprintKey: key,
    createdAt: view.cluster?.publishedAt ?? 0,
    expiresAt: earliest(active.map((row) => row.expiresAt)),
    refreshAfter: earliest(active.map((row) => row.refreshAfter)),
    registries: registryStatuses(view, deps.registries.all),
    credentials: active.map(summaryOf),
  }
}

/** The pull secret of a published cluster, from one view of the ledger. */
export const assemblePullSecret =
  (deps: AssembleDeps) =>
  (view: ClusterView): E.Either<Failure<'KEY_UNAVAILABLE'>, PullSecret> => {
    const served = servedRows(view, deps.registries)
    const parts = RA.traverse(E.Applicative)(partOf(deps))(served)
    if (E.isLeft(parts)) return parts
    const key = deps.cipher.open(view.cluster?.sealedFingerprintKey ?? '', fingerprintKeyAssociatedData(view.clusterId))
    return E.isLeft(key)
      ? key
      : E.right(
          compose(
            deps,
            view,
            served.map(({ row }) => row),
            parts.right,
            key.right,
          ),
        )
  }
