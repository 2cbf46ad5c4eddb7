import type { DeleteOutcome, DeleteRequest } from '@pull-secret/domain'
import { failureOfResult, isCallFailure } from '@pull-secret/registry-http'
import type { AccountAbsence } from './prove-account-absence.ts'
import { type AccountDeps, readAccount } from './read-account.ts'
import { saysAccountIsMissing, saysDeleted } from './rhit-wire.ts'

export interface DeleteAccountDeps extends AccountDeps {
  readonly absence: AccountAbsence
}

/** Deletes an account after a read that shows our marker; an account of another under the same name stays. */
export const makeDeleteAccount =
  (deps: DeleteAccountDeps): ((request: DeleteRequest) => Promise<DeleteOutcome>) =>
  async ({ vendorName, marker, terms }) => {
    const { api, clock, config, absence } = deps
    const found = await readAccount(deps, vendorName, terms)
    if (found === 'missing') return absence.prove(vendorName, marker, terms)
    if (isCallFailure(found)) return found
    if (found.description !== marker) return { kind: 'absent', evidence: 'foreign_object' }

    const result = await api.deleteAccount(vendorName, terms)
    if (result.kind === 'answered' && saysDeleted(result)) return { kind: 'deleted' }
    if (result.kind === 'answered' && saysAccountIsMissing(result, config.notFoundStatuses))
      return absence.prove(vendorName, marker, terms)
    return failureOfResult(result, clock.now())
  }
