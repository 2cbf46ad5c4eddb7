import type { CreateOutcome } from '../registries/outcomes.ts'

/** Longer than any user name that a registry gives: robots, service accounts, tokens with scope maps. */
const longestUsername = 1024
/** Longer than any token that a registry gives: signed tokens with claims, keys of service accounts in Base64. */
const longestToken = 16_384

const controlOrLoneSurrogate = /[\p{Cc}\p{Cs}]/u

const isPrintable = (text: string, longest: number): boolean =>
  text !== '' && text.length <= longest && !controlOrLoneSurrogate.test(text)

/**
 * Whether clients can use the pair as an entry of a Docker auth config. An entry is `username:token` in Base64, and
 * kubelet, CRI-O and skopeo split it at the first colon.
 */
export const fitsAuthEntry = ({ username, token }: { readonly username: string; readonly token: string }): boolean =>
  isPrintable(username, longestUsername) && !username.includes(':') && isPrintable(token, longestToken)

/** Longer than any id that a registry gives its objects. */
const longestVendorId = 1024

const usableVendorId = (vendorId: string | undefined): string | undefined =>
  vendorId !== undefined && isPrintable(vendorId, longestVendorId) ? vendorId : undefined

/**
 * What a vendor made counts as created only if clusters can use it. Otherwise the object exists, and what was answered
 * is none of a credential.
 */
export const onlyUsable = (outcome: CreateOutcome): CreateOutcome => {
  if (outcome.kind !== 'created')
    return outcome.kind !== 'unknown' || outcome.vendorId === usableVendorId(outcome.vendorId)
      ? outcome
      : { ...outcome, vendorId: undefined }
  const { username, token, vendorId } = outcome
  return fitsAuthEntry({ username, token: token.reveal() }) && vendorId === usableVendorId(vendorId)
    ? outcome
    : { kind: 'unknown', problem: 'unreadable_answer', vendorId: usableVendorId(vendorId) }
}
