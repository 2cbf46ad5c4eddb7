import * as T from 'fp-ts/lib/Task.js'
import type { InMemoryRegistrySubject as Subject } from '../in-memory-subjects.ts'
import { clientWith, listedInParts, quay, rhit } from './registry-doubles.ts'
import type { Breakage } from './turns-red.ts'

const absenceAmongOthers = 'proves an absence among others, and never by a part of a listing'

export const listingBreakages: ReadonlyArray<Breakage<Subject>> = [
  {
    name: 'lists its first page, which is empty',
    mustFail: 'lists its objects, where the vendor can list',
    break: clientWith(() => ({ listCredentials: () => T.of({ kind: 'listed', credentials: [] }) })),
  },
  {
    name: 'takes a read for a listing that the vendor does not have',
    over: rhit,
    mustFail: 'lists its objects, where the vendor can list',
    break: clientWith(({ deleteCredential }) => ({
      deleteCredential: (request) => async () => {
        const outcome = await deleteCredential(request)()
        return outcome.kind === 'absent' ? { ...outcome, evidence: 'listing' } : outcome
      },
    })),
  },
  {
    name: 'lists the part that it got',
    over: listedInParts,
    mustFail: 'never gives a part of a listing for the whole',
    break: clientWith(({ listCredentials }, { vendor }) => ({
      listCredentials: (deadline) => async () => {
        const listed = (await listCredentials?.(deadline)()) ?? { kind: 'listed', credentials: [] }
        return listed.kind === 'unknown'
          ? { kind: 'listed', credentials: [...vendor.credentials.values()].slice(1) }
          : listed
      },
    })),
  },
  {
    name: 'lists one page of several',
    over: quay,
    mustFail: 'never gives a part of a listing for the whole',
    break: clientWith(({ listCredentials }) => ({
      listCredentials: (deadline) => async () => {
        const listed = (await listCredentials?.(deadline)()) ?? { kind: 'listed', credentials: [] }
        return listed.kind === 'listed' ? { ...listed, credentials: listed.credentials.slice(0, 2) } : listed
      },
    })),
  },
  {
    name: 'has listings in parts and no listing',
    over: rhit,
    mustFail: 'never gives a part of a listing for the whole',
    break: (subject) => ({ ...subject, truncateNextListing: () => Promise.resolve() }),
  },
  {
    name: 'takes for gone what a part does not show',
    over: listedInParts,
    mustFail: absenceAmongOthers,
    break: clientWith(({ deleteCredential }) => ({
      deleteCredential: (request) => async () => {
        const outcome = await deleteCredential(request)()
        return outcome.kind === 'absent_unproved' ? { kind: 'absent', evidence: 'listing' } : outcome
      },
    })),
  },
  {
    name: 'never proves an absence',
    over: quay,
    mustFail: absenceAmongOthers,
    break: clientWith(({ deleteCredential }) => ({
      deleteCredential: (request) => async () => {
        const outcome = await deleteCredential(request)()
        return outcome.kind === 'absent' ? { kind: 'absent_unproved' } : outcome
      },
    })),
  },
]
