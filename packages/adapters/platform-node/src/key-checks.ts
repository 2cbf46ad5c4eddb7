import { createHmac } from 'node:crypto'
import type { KeyCheck } from '@pull-secret/domain'
import type { KeyRing } from './key-ring.ts'
import type { RingKey } from './key-ring-text.ts'

/** Never changes: check values in databases were made with it. */
const checkedText = 'hyperfleet-pull-secret/key-check'
const checkDigits = 16

const keyCheckOf = ({ id, key }: RingKey): KeyCheck => ({
  keyId: id,
  check: createHmac('sha256', key).update(checkedText).digest('hex').slice(0, checkDigits),
})

/** The check value of every key: 64 bits of an HMAC-SHA-256 with it, which tell keys apart and nothing about them. */
export const keyChecksOf = (keyRing: KeyRing): ReadonlyArray<KeyCheck> => keyRing.all().map(keyCheckOf)
