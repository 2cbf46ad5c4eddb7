import type { Failure } from '../errors.ts'
import type { KeyCheck } from '../ledger/deployment-register.ts'

/** The first key that is another one than the key that was used under its id: what that one sealed would be lost. */
export const changedKey = (
  known: ReadonlyArray<KeyCheck>,
  keys: ReadonlyArray<KeyCheck>,
): Failure<'KEY_CHANGED'> | undefined => {
  const changed = keys.find(({ keyId, check }) => known.some((key) => key.keyId === keyId && key.check !== check))
  return changed === undefined ? undefined : { code: 'KEY_CHANGED', keyId: changed.keyId }
}
