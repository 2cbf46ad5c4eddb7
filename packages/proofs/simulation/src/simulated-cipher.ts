import type { Cipher, Failure } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Network } from './wire-call.ts'

const keyUnavailable: Failure<'KEY_UNAVAILABLE'> = { code: 'KEY_UNAVAILABLE', keyId: 'simulated' }

/** A cipher whose key cannot be had from time to time. */
export const makeSimulatedCipher = ({ faultAt, timeline }: Network, cipher: Cipher): Cipher => {
  const fails = (call: 'cipher.seal' | 'cipher.open', bound: string): boolean => {
    if (faultAt(call) === undefined) return false
    timeline.note(() => `${call} ${bound} !unavailable`)
    return true
  }
  return {
    seal: (text, bound) => (fails('cipher.seal', bound) ? E.left(keyUnavailable) : cipher.seal(text, bound)),
    open: (sealed, bound) => (fails('cipher.open', bound) ? E.left(keyUnavailable) : cipher.open(sealed, bound)),
  }
}
