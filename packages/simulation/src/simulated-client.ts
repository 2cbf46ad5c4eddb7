import type { CreateOutcome, CreateRequest, DeleteOutcome, DeleteRequest, RegistryClient } from '@pull-secret/domain'
import type { InMemoryVendor } from '@pull-secret/in-memory'
import type { Replica } from './replica.ts'
import { wireCall, type Network } from './wire-call.ts'

const forEver = Number.MAX_SAFE_INTEGER
/** Sending ends this long before the lease does; what is sent may land until the window after that lease has passed. */
const leaseMarginMilliseconds = 5000
const longestLeaseMilliseconds = 30_000

interface Pending<A> { value: A | undefined }

const now = <A>(call: () => Promise<A>): Pending<A> => {
  const result: Pending<A> = { value: undefined }
  void call().then((value) => { result.value = value })
  return result
}

const known = <A>(pending: Pending<A>): A => {
  if (pending.value === undefined) throw new Error('the in-memory vendor did not answer at once')
  return pending.value
}

const takeName = ({ foreign }: Network, vendor: InMemoryVendor, vendorName: string): void => {
  const isTaken = [...vendor.credentials.values()].some((credential) => credential.vendorName === vendorName)
  if (isTaken) return
  const vendorId = `foreign-${vendorName}`
  vendor.credentials.set(vendorId, { vendorName, vendorId, marker: 'somebody else', username: 'somebody', token: 'else' })
  foreign.add(vendorId)
}

/** A replica's way to a vendor. Requests are checked against their deadline when they leave, and may land long after. */
export const makeSimulatedClient = (network: Network, replica: Replica, vendor: InMemoryVendor, client: RegistryClient): RegistryClient => {
  const { scheduler } = network
  const isLate = (deadline: number): boolean => scheduler.now() > deadline
  /** Lands within the window after the lease that it was sent under, or soon after it was sent if that lease has ended. */
  const latestLandingMilliseconds = (deadline: number): number =>
    Math.min(deadline + leaseMarginMilliseconds - scheduler.now(), longestLeaseMilliseconds) + client.capabilities.landingWindowSeconds * 1000 - 1
  const takesNames = client.capabilities.uniqueNames && !client.capabilities.sharedObject

  const create = async (request: CreateRequest): Promise<CreateOutcome> => {
    const lost = (): Pending<CreateOutcome> => ({ value: { kind: 'unknown', problem: 'connection_lost' } })
    const answer = await wireCall<Pending<CreateOutcome>>(network, replica, {
      call: 'vendor.create', subject: request.vendorName, latestLandingMilliseconds: () => latestLandingMilliseconds(request.deadline),
      refuseToSend: () => (isLate(request.deadline) ? { value: { kind: 'not_sent', problem: 'deadline_passed' } } : undefined),
      effect: (kind) => {
        if (kind === 'name_taken' && takesNames) takeName(network, vendor, request.vendorName)
        return now(client.createCredential({ ...request, deadline: forEver }))
      },
      answers: {
        answer_lost: lost, request_lost: lost, lands_late: lost,
        throttled: () => ({ value: { kind: 'refused', problem: 'throttled', firstStep: true, retryAfterSeconds: 20 } }),
        refused: () => ({ value: { kind: 'refused', problem: 'request_refused', firstStep: true } }),
      },
    })
    return known(answer)
  }

  const remove = async (request: DeleteRequest): Promise<DeleteOutcome> => {
    const lost = (): Pending<DeleteOutcome> => ({ value: { kind: 'unknown', problem: 'connection_lost' } })
    const answer = await wireCall<Pending<DeleteOutcome>>(network, replica, {
      call: 'vendor.delete', subject: request.vendorName, latestLandingMilliseconds: () => latestLandingMilliseconds(request.deadline),
      refuseToSend: () => (isLate(request.deadline) ? { value: { kind: 'not_sent', problem: 'deadline_passed' } } : undefined),
      effect: () => now(client.deleteCredential({ ...request, deadline: forEver })),
      answers: {
        answer_lost: lost, request_lost: lost, lands_late: lost,
        throttled: () => ({ value: { kind: 'refused', problem: 'throttled', firstStep: true, retryAfterSeconds: 20 } }),
        refused: () => ({ value: { kind: 'refused', problem: 'request_refused', firstStep: true } }),
        blind: () => ({ value: { kind: 'absent_unproved' } }),
      },
    })
    return known(answer)
  }

  return {
    ...client,
    createCredential: (request) => () => create(request),
    deleteCredential: (request) => () => remove(request),
  }
}
