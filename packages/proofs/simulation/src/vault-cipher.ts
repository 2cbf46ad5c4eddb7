import type { Cipher, SecretText } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'

/** Keeps what it seals to itself and gives out a number, so that whatever shows a token elsewhere was never sealed. */
export const makeVaultCipher = (): Cipher => {
  const vault = new Map<string, { readonly text: SecretText; readonly bound: string }>()
  return {
    seal: (text, bound) => {
      const sealed = `sealed-${String(vault.size)}`
      vault.set(sealed, { text, bound })
      return E.right(sealed)
    },
    open: (sealed, bound) => {
      const kept = vault.get(sealed)
      return kept?.bound === bound ? E.right(kept.text) : E.left({ code: 'KEY_UNAVAILABLE', keyId: 'vault' })
    },
  }
}
