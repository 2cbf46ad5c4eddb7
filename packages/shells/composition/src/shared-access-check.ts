import type { AccessCheck, Clock, RegistryClient } from '@pull-secret/domain'
import type { Task } from 'fp-ts/lib/Task.js'

/** A dashboard that is reloaded costs the vendor no call of its own. */
const keptMilliseconds = 5000

/**
 * The same check for everybody who asks at the same time or within five seconds of its answer: whoever may list the
 * registries could otherwise spend a vendor's calls.
 */
export const sharedAccessCheck = (
  checkAccess: RegistryClient['checkAccess'],
  { monotonic }: Pick<Clock, 'monotonic'>,
): RegistryClient['checkAccess'] => {
  let underWay: Promise<AccessCheck> | undefined
  let known: { readonly check: AccessCheck; readonly until: number } | undefined

  const ask = async (check: Task<AccessCheck>): Promise<AccessCheck> => {
    const answer = await check()
    known = { check: answer, until: monotonic() + keptMilliseconds }
    return answer
  }

  return (terms) => async () => {
    if (known !== undefined && monotonic() < known.until) return known.check
    underWay ??= ask(checkAccess(terms)).finally(() => {
      underWay = undefined
    })
    return underWay
  }
}
