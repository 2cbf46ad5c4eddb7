import type { CreateRequest, DeleteRequest, SecretText, SharedContent, SharedEntry } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { type CallFailure, failureOf } from './failure-of-request.ts'
import type { makeVendorRequests } from './vendor-requests.ts'

type WriteRequest = CreateRequest | DeleteRequest

/** What the names of our users in a shared object begin with. */
export const sharedUserPrefix = 'user-'

const notWritten: CallFailure = { kind: 'not_sent', problem: 'storage_failed' }

/** The token with which an entry has to be written that is not there. */
const missingToken = (entry: SharedEntry, request: WriteRequest): SecretText | undefined => {
  if ('token' in request && entry.vendorName === request.vendorName) return request.token
  return entry.wasCreated ? E.getOrElse<unknown, SecretText | undefined>(() => undefined)(entry.openToken()) : undefined
}

/** Writes a shared object as an adapter of a file does. Resolves with what went wrong. */
export const makeSharedWriter = (requests: ReturnType<typeof makeVendorRequests>) => {
  const writeShared = async (request: WriteRequest, shared: SharedContent): Promise<CallFailure | undefined> => {
    const { vendorName, terms } = request
    const found = await requests.readFile(vendorName, terms)
    if (found.status !== 'read' || found.content.fence > shared.fence) return notWritten
    const { entries } = found.content
    const isKept = ({ vendorName: name }: { readonly vendorName: string }): boolean =>
      !name.startsWith(sharedUserPrefix) || shared.entries.some((entry) => entry.vendorName === name)
    const added = shared.entries
      .filter((entry) => !entries.some((kept) => kept.vendorName === entry.vendorName))
      .flatMap((entry) => {
        const token = missingToken(entry, request)
        return token === undefined
          ? []
          : [{ vendorName: entry.vendorName, marker: entry.vendorName, token: token.reveal() }]
      })
    const written = await requests.replaceFile(
      vendorName,
      { entries: [...entries.filter(isKept), ...added], fence: shared.fence },
      found.version,
      terms,
    )
    if (written.status === 'changed') return notWritten
    return written.status === 'done' ? undefined : failureOf(written, { isFirst: true })
  }

  /** Whether the writes under a content are over. */
  const endings = new WeakMap<SharedContent, Promise<boolean>>()

  /** Writes under one content take turns, as in a file's adapter; leases keep those under different ones apart. */
  return ({ shared, ...request }: WriteRequest): Promise<CallFailure | undefined> => {
    if (shared === undefined) return Promise.resolve(notWritten)
    const ended = endings.get(shared) ?? Promise.resolve(true)
    const written = ended.then((isOver) => (isOver ? writeShared(request, shared) : notWritten))
    endings.set(
      shared,
      Promise.all([ended, written]).then(
        ([isOver, failure]) => isOver && failure?.kind !== 'unknown',
        () => false,
      ),
    )
    return written
  }
}
