import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type Cipher, type Failure, type SecretText, secretText } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { KeyRing } from './key-ring.ts'
import type { RingKey } from './key-ring-text.ts'
import { type CipherReportParts, makeCipherReport } from './report-cipher-failures.ts'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

const unavailable = (keyId: string): Failure<'KEY_UNAVAILABLE'> => ({ code: 'KEY_UNAVAILABLE', keyId })

const encrypt = ({ id, key }: RingKey, text: SecretText, associatedData: string): string => {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(associatedData, 'utf8'))
  const sealed = Buffer.concat([nonce, cipher.update(text.reveal(), 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `v1.${id}.${sealed.toString('base64url')}`
}

const decrypt = ({ key }: RingKey, sealed: Buffer, associatedData: string): SecretText => {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(associatedData, 'utf8'))
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  const start = decipher.update(sealed.subarray(nonceBytes, -tagBytes), undefined, 'utf8')
  return secretText(start + decipher.final('utf8'))
}

export interface AesGcmCipherParts extends CipherReportParts {
  readonly keyRing: KeyRing
}

/**
 * AES-256-GCM with a random 96-bit nonce. A sealed text is `v1.KEY_ID.` and, in base64url, nonce, ciphertext and
 * 128-bit tag. NIST SP 800-38D bounds random nonces to 2^32 messages per key. What cannot be opened is logged and
 * counted, because it may have been tampered with.
 */
export const makeAesGcmCipher = ({ keyRing, ...reportParts }: AesGcmCipherParts): Cipher => {
  const report = makeCipherReport(reportParts)
  const refuse = (reason: 'unknown_key' | 'damaged', keyId: string): Failure<'KEY_UNAVAILABLE'> => {
    report(reason, keyId)
    return unavailable(keyId)
  }
  return {
    seal: (text, associatedData) => {
      const key = keyRing.writing()
      return E.tryCatch(
        () => encrypt(key, text, associatedData),
        () => unavailable(key.id),
      )
    },
    open: (sealed, associatedData) => {
      const [version, keyId = '', encoded = '', ...rest] = sealed.split('.')
      if (version !== 'v1' || rest.length > 0) return E.left(refuse('damaged', 'unknown'))
      const key = keyRing.find(keyId)
      if (key === undefined) return E.left(refuse('unknown_key', keyId))
      const bytes = Buffer.from(encoded, 'base64url')
      if (bytes.length < nonceBytes + tagBytes || bytes.toString('base64url') !== encoded)
        return E.left(refuse('damaged', keyId))
      return E.tryCatch(
        () => decrypt(key, bytes, associatedData),
        () => refuse('damaged', keyId),
      )
    },
  }
}
