import {
  type AuditChain,
  type AuditChains,
  beforeFirstRecord,
  type ChainBreak,
  type ChainLink,
  type Digest,
  type Failure,
  findHeadBreak,
  followChain,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { IO } from 'fp-ts/lib/IO.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

export interface AuditBreak extends ChainBreak {
  readonly chain: string
}

export interface AuditVerification {
  readonly chains: number
  readonly records: number
  readonly brokenChains: number
  /** The first break of each broken chain, for at most `namedBreaks` chains. */
  readonly breaks: ReadonlyArray<AuditBreak>
}

/**
 * Recomputes every chain of the audit, while the service writes too. It reads page by page and keeps one page. What it
 * cannot see: a cut of the newest records together with their head, the removal of a whole chain, and hashes that were
 * computed anew.
 */
export type VerifyAudit = (
  onProgress: (soFar: AuditVerification) => IO<void>,
) => TE.TaskEither<Failure<'LEDGER_UNAVAILABLE'>, AuditVerification>

export interface VerifyAuditDeps {
  readonly auditChains: AuditChains
  readonly digest: Pick<Digest, 'sha256'>
  /** How many chains, or records, are read at once. */
  readonly pageSize?: number
  /** How many broken chains are named. */
  readonly namedBreaks?: number
}

type Reading<A> = TE.TaskEither<Failure<'LEDGER_UNAVAILABLE'>, A>

interface Followed {
  readonly link: ChainLink
  readonly broken: ChainBreak | undefined
}

const nothingYet: AuditVerification = { chains: 0, records: 0, brokenChains: 0, breaks: [] }

export const makeVerifyAudit = ({
  auditChains,
  digest,
  pageSize = 500,
  namedBreaks = 1000,
}: VerifyAuditDeps): VerifyAudit => {
  const followToEnd = (chain: string, from: ChainLink): Reading<Followed> =>
    pipe(
      auditChains.records(chain, from === beforeFirstRecord ? undefined : from.sequence, pageSize),
      TE.flatMap((records): Reading<Followed> => {
        const followed = followChain(digest.sha256, chain, from, records)
        if (E.isLeft(followed)) return TE.right({ link: from, broken: followed.left })
        return records.length < pageSize
          ? TE.right({ link: followed.right, broken: undefined })
          : followToEnd(chain, followed.right)
      }),
    )

  /** More records than the head counted may have been written since it was read: it is read again until it has them. */
  const withNewerHead = (before: string | undefined, { chain, head }: AuditChain, link: ChainLink): Reading<Followed> =>
    pipe(
      auditChains.chains(before, pageSize),
      TE.flatMap((page): Reading<Followed> => {
        const newer = page.find((other) => other.chain === chain)
        return newer?.head === undefined || newer.head.count === head?.count
          ? TE.right({ link, broken: findHeadBreak(link, newer?.head ?? head) })
          : verifyFrom(before, newer, link)
      }),
    )

  const verifyFrom = (before: string | undefined, chain: AuditChain, from: ChainLink): Reading<Followed> =>
    pipe(
      followToEnd(chain.chain, from),
      TE.flatMap(({ link, broken }): Reading<Followed> => {
        if (broken !== undefined) return TE.right({ link, broken })
        return chain.head !== undefined && link.sequence > chain.head.count
          ? withNewerHead(before, chain, link)
          : TE.right({ link, broken: findHeadBreak(link, chain.head) })
      }),
    )

  const including = (
    soFar: AuditVerification,
    { chain }: AuditChain,
    { link, broken }: Followed,
  ): AuditVerification => ({
    chains: soFar.chains + 1,
    records: soFar.records + link.sequence,
    brokenChains: soFar.brokenChains + (broken === undefined ? 0 : 1),
    breaks:
      broken === undefined || soFar.breaks.length >= namedBreaks
        ? soFar.breaks
        : [...soFar.breaks, { chain, ...broken }],
  })

  return (onProgress) => {
    const verifyPage = (
      before: string | undefined,
      chains: ReadonlyArray<AuditChain>,
      soFar: AuditVerification,
    ): Reading<AuditVerification> =>
      chains.reduce<Reading<AuditVerification>>(
        (verified, chain, index) =>
          pipe(
            verified,
            TE.flatMap((sum) =>
              pipe(
                verifyFrom(chains[index - 1]?.chain ?? before, chain, beforeFirstRecord),
                TE.map((followed) => including(sum, chain, followed)),
              ),
            ),
            TE.tapIO(onProgress),
          ),
        TE.right(soFar),
      )
    const verifyAfter = (before: string | undefined, soFar: AuditVerification): Reading<AuditVerification> =>
      pipe(
        auditChains.chains(before, pageSize),
        TE.flatMap((chains) =>
          pipe(
            verifyPage(before, chains, soFar),
            TE.flatMap((sum) => (chains.length < pageSize ? TE.right(sum) : verifyAfter(chains.at(-1)?.chain, sum))),
          ),
        ),
      )
    return verifyAfter(undefined, nothingYet)
  }
}
