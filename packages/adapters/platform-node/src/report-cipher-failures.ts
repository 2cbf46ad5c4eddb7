import type { Meter } from '@pull-secret/domain'
import type { SparingLog } from './sparing-log.ts'

export interface CipherReportParts {
  readonly log: SparingLog
  readonly meter: Meter
}

/** `damaged`: the key is there, and the ciphertext is not what it sealed for this row. */
export type CipherFailureReason = 'unknown_key' | 'damaged'

const messages: Readonly<Record<CipherFailureReason, string>> = {
  unknown_key: 'a stored credential cannot be decrypted: its key is not in the key ring',
  damaged: 'a stored credential cannot be decrypted: it was damaged, moved from another row, or sealed by another key',
}

/** Key ids come from stored ciphertexts, which somebody may have written. */
const nameOf = (keyId: string): string => (/^[A-Za-z0-9_-]{1,64}$/.test(keyId) ? keyId : 'unreadable')

/** Counts every ciphertext that cannot be opened; logs one line a minute for each key id and reason. */
export const makeCipherReport =
  ({ log, meter }: CipherReportParts) =>
  (reason: CipherFailureReason, keyId: string): void => {
    meter.count('cipher_failures_total', { reason })()
    const name = nameOf(keyId)
    log(`cipher ${reason} ${name}`, 'error', messages[reason], { key_id: name, reason })
  }
