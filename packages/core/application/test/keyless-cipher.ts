import type { Cipher } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'

export const keylessCipher: Cipher = {
  seal: () => E.left({ code: 'KEY_UNAVAILABLE', keyId: 'k' }),
  open: () => E.left({ code: 'KEY_UNAVAILABLE', keyId: 'k' }),
}
