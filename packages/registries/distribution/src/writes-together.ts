import type { SharedContent } from '@pull-secret/domain'
import { makeOneAfterAnother } from './one-after-another.ts'

/** What is written at once, and how it ended for each of those who asked. */
export type WriteAll<Request, Outcome> = (
  shared: SharedContent,
  /** Tells who asked; who asks after this is written with the next. */
  close: () => ReadonlyArray<Request>,
) => Promise<(request: Request) => Outcome>

interface Batch<Request, Outcome> {
  readonly shared: SharedContent
  readonly requests: Array<Request>
  readonly ended: Promise<(request: Request) => Outcome>
}

/**
 * Lets writes take turns, and makes one write of all requests under one content that come before their turn is closed.
 */
export const makeWritesTogether = <Request extends { readonly shared: SharedContent }, Outcome>(
  writeAll: WriteAll<Request, Outcome>,
) => {
  // A write of this process that came between another's last look at the file and its rename would be lost.
  const inTurn = makeOneAfterAnother()
  let waiting: Batch<Request, Outcome> | undefined

  const begin = (shared: SharedContent): Batch<Request, Outcome> => {
    const requests: Array<Request> = []
    const close = (): ReadonlyArray<Request> => {
      if (waiting === batch) waiting = undefined
      return requests
    }
    const batch = { shared, requests, ended: inTurn(() => writeAll(shared, close).finally(close)) }
    return batch
  }

  return async (request: Request): Promise<Outcome> => {
    const batch = waiting?.shared === request.shared ? waiting : begin(request.shared)
    waiting = batch
    batch.requests.push(request)
    return (await batch.ended)(request)
  }
}
