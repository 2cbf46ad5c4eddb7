import type { CallBudget, CallTerms } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { FaultKind, PortCall } from '../faults.ts'
import type { Replica } from '../replica.ts'
import { epoch } from '../simulated-clock.ts'
import { type Network, wireCall } from '../wire-call.ts'
import { drawEpisode } from './backends.ts'
import { isOutage, type Trouble } from './failure-of-request.ts'
import { absurdRetryAfterSeconds, strangeAnnouncement } from './hostile-answers.ts'
import type { ImaginaryObject } from './imaginary-object.ts'
import type { CreateBody, FileContent, ImaginaryVendor } from './imaginary-vendor.ts'
import { outageMilliseconds } from './outages.ts'
import type { SpentCalls } from './spent-calls.ts'
import { landingWindowSeconds } from './vendor-knobs.ts'

export interface VendorRequestsDeps {
  readonly network: Network
  readonly replica: Replica
  /** What a timeline calls the vendor. */
  readonly registryId: string
  readonly vendor: ImaginaryVendor
  /** The turns at a vendor with a limit, and who counts them. */
  readonly limit?: { readonly turns: CallBudget; readonly spent: SpentCalls }
  /** How much time the database's clock may have shown to pass since a moment. */
  readonly passedSince: (moment: number) => number
  /** Has somebody else take a name at a vendor. */
  readonly takeName: (vendor: ImaginaryVendor, vendorName: string) => void
  /** Has a person change the description of what was handed out under a name, or of any where `name` is absent. */
  readonly editMarker: (vendor: ImaginaryVendor, name?: string) => void
}

/** Sending ends before the lease does; what is sent may land until the window after that lease has passed. */
const sendingMilliseconds = 25_000
const longestLeaseMilliseconds = 30_000
const shortestOutageMilliseconds = 300_000
const longestOutageMilliseconds = 3_600_000
const usualRetryAfterSeconds = 20

const plainSuccess = new Set(['created', 'found', 'done', 'read', 'valid'])

/** What a timeline tells of an answer. */
const tell = (
  answer: Trouble | { readonly status: string; readonly isComplete?: boolean; readonly showsControl?: boolean },
): string | undefined => {
  if (answer.status !== 'listed') return plainSuccess.has(answer.status) ? undefined : answer.status
  if ('showsControl' in answer && answer.showsControl === false) return 'listed without the control'
  return 'isComplete' in answer && answer.isComplete === false ? 'listed in part' : undefined
}

/** Where no intermediary stands between, nobody repeats a request. */
const onlyOnce = <A>(effect: () => A): (() => A) => {
  let answer: { readonly value: A } | undefined
  return () => (answer ??= { value: effect() }).value
}

/**
 * The requests that an adapter sends, each looked at against the deadline before it leaves, each of which may go
 * wrong.
 */
export const makeVendorRequests = ({
  network,
  replica,
  registryId,
  vendor,
  passedSince,
  takeName,
  editMarker,
  limit,
}: VendorRequestsDeps) => {
  const { scheduler, random } = network
  const { knobs } = vendor
  const landingMilliseconds =
    (landingWindowSeconds(knobs) - knobs.operationSeconds - knobs.deleteSeconds - knobs.lagSeconds) * 1000
  const leaseAskedAt = (deadline: number): number => deadline - sendingMilliseconds

  /**
   * A request lands within the window after the lease that it was sent under, and then takes its time to take effect
   * and to be seen. What is sent after that window lands at once.
   */
  const latestLanding = (deadline: number): number =>
    Math.min(leaseAskedAt(deadline) + longestLeaseMilliseconds - scheduler.now(), longestLeaseMilliseconds) +
    landingMilliseconds -
    1

  /**
   * The database's clock is believed. What would land in time, but not as that clock shows since it jumped, is lost on
   * its way.
   */
  const isOutrun = (deadline: number): boolean => {
    const longest = longestLeaseMilliseconds + landingMilliseconds
    const passed = scheduler.now() - leaseAskedAt(deadline)
    return passed < longest && passedSince(leaseAskedAt(deadline)) >= longest
  }

  /**
   * Rights that are lost stay lost for longer than any one call lasts: a shorter gap could hide between two control
   * reads.
   */
  const losePermission = (): void => {
    vendor.withholdPermission(scheduler.now() + random.between(shortestOutageMilliseconds, longestOutageMilliseconds))
  }

  /** The connection that a request needs, or why there is none. */
  const connect = (kind: FaultKind | undefined): Trouble | undefined => {
    if (isOutage(kind)) vendor.outages.begin(kind, outageMilliseconds(random))
    const problem = vendor.outages.problem()
    return problem === undefined ? undefined : { status: problem }
  }

  /** Where nobody stands between us and the vendor, nobody chooses a backend. */
  const meetStaleBackend = (): void => {
    if (knobs.executesOnce) return
    const { since, milliseconds } = drawEpisode(random, scheduler.now())
    vendor.backends.getStuck(since, milliseconds)
  }

  const announceStrangely = ({ object }: { readonly status: string; readonly object?: ImaginaryObject }): void => {
    if (object === undefined) return
    object.announced = strangeAnnouncement(random, epoch + scheduler.now())
  }

  const send = async <A extends { readonly status: string }>(
    call: PortCall,
    subject: string,
    terms: CallTerms,
    effect: () => A,
    lastLook: () => A | undefined = () => undefined,
  ): Promise<A | Trouble> => {
    const trouble = (status: Trouble['status']) => (): Trouble => ({ status })
    const turn = await limit?.turns.turn(terms.priority, terms.deadline)()
    if (turn !== undefined && E.isLeft(turn)) {
      const { problem, retryAfterSeconds } = turn.left
      return { status: problem, retryAfterSeconds }
    }
    const stoodStill = replica.stoodStillMilliseconds()
    const countAsSpent = (): undefined => {
      if (replica.stoodStillMilliseconds() === stoodStill) limit?.spent.spend()
    }
    const execute = knobs.executesOnce ? onlyOnce(effect) : effect
    const answer = await wireCall<A | Trouble>(network, replica, {
      call,
      title: () => `${registryId} ${call} ${subject}`,
      tell,
      latestLandingMilliseconds: () => latestLanding(terms.deadline),
      refuseToSend: (kind) =>
        replica.elapsed() > terms.deadline ? { status: 'too_late' } : (connect(kind) ?? lastLook() ?? countAsSpent()),
      effect: (kind) => {
        if (isOutrun(terms.deadline)) return trouble('lost')()
        if (kind === 'permission_lost') losePermission()
        if (kind === 'stale_backend') meetStaleBackend()
        if (kind === 'marker_edited') editMarker(vendor, call === 'vendor.list' ? undefined : subject)
        if (kind === 'name_taken' && call === 'vendor.create') takeName(vendor, subject)
        const answer = execute()
        if (kind === 'name_taken' && call === 'vendor.delete' && !knobs.deletesByName) takeName(vendor, subject)
        if (kind === 'strange_expiry') announceStrangely(answer)
        return answer
      },
      answers: {
        answer_lost: trouble('lost'),
        request_lost: trouble('lost'),
        lands_late: trouble('lost'),
        throttled: () => ({ status: 'throttled', retryAfterSeconds: usualRetryAfterSeconds }),
        absurd_retry_after: () => ({
          status: 'throttled',
          retryAfterSeconds: absurdRetryAfterSeconds(random, scheduler.now()),
        }),
        refused: trouble('refused'),
      },
    })
    if (isOutage(answer.status)) await scheduler.sleep(random.between(1, 20))
    return answer
  }

  return {
    create: (body: CreateBody, terms: CallTerms) =>
      send('vendor.create', body.vendorName, terms, () => vendor.create(body)),
    grant: (vendorName: string, vendorId: string, grant: number, terms: CallTerms) =>
      send('vendor.grant', vendorName, terms, () => vendor.grant(vendorId, grant)),
    read: (vendorName: string, terms: CallTerms, vendorId?: string) =>
      send('vendor.read', vendorName, terms, () => vendor.read(vendorName, vendorId)),
    readControl: (terms: CallTerms) => send('vendor.read', 'control', terms, vendor.readControl),
    list: (terms: CallTerms) => send('vendor.list', 'all', terms, vendor.list),
    login: (username: string, token: string, terms: CallTerms) =>
      send('vendor.login', username, terms, () => ({
        status: vendor.letsIn(username, token) ? ('valid' as const) : ('invalid' as const),
      })),
    remove: (object: ImaginaryObject, terms: CallTerms) =>
      send('vendor.delete', object.vendorName, terms, () => vendor.remove(object)),
    readFile: (vendorName: string, terms: CallTerms) => send('vendor.read', vendorName, terms, vendor.readFile),
    /** A file system has no "replace if unchanged": whether it changed is looked at before, and then it is replaced. */
    replaceFile: (vendorName: string, content: FileContent, version: number, terms: CallTerms) =>
      send<{ readonly status: 'done' | 'changed' }>(
        'vendor.write',
        vendorName,
        terms,
        () => vendor.replaceFile(content),
        () => (vendor.fileVersion() === version ? undefined : { status: 'changed' }),
      ),
  }
}
