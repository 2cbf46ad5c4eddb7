import { type CallTerms, controlMarkerOf, type DeleteOutcome } from '@pull-secret/domain'
import { type CallFailure, failureOfResult, isCallFailure, isSuccess } from '@pull-secret/registry-http'
import { type AccountDeps, readAccount } from './read-account.ts'
import { rhitControlNames } from './rhit-account-name.ts'

export interface ProveAbsenceDeps extends AccountDeps {
  readonly deploymentId: string
}

type Finding = Exclude<DeleteOutcome, { kind: 'deleted' | 'not_revocable' }>

export interface AccountAbsence {
  /** Reads an account that was not found once more, between two reads of the control account. */
  readonly look: (name: string, marker: string, terms: CallTerms) => Promise<Finding>
  /** As `look`, but makes the control account where there is none. */
  readonly prove: (name: string, marker: string, terms: CallTerms) => Promise<Finding>
}

/**
 * The vendor cannot list, and a certificate that lost its rights may find nothing either. So "not found" counts only
 * between two
 * reads that do find the deployment's control account, which exists for this alone.
 */
export const makeAccountAbsence = (deps: ProveAbsenceDeps): AccountAbsence => {
  const { api, clock, config, deploymentId } = deps
  const controlMarker = controlMarkerOf(deploymentId)

  const isControl = async (name: string, terms: CallTerms): Promise<boolean | CallFailure> => {
    const found = await readAccount(deps, name, terms)
    if (found === 'missing') return false
    return isCallFailure(found) ? found : found.description === controlMarker
  }

  const findControl = async (terms: CallTerms): Promise<string | undefined | CallFailure> => {
    for (const name of rhitControlNames(deploymentId)) {
      const seen = await isControl(name, terms)
      if (seen === true) return name
      if (seen !== false) return seen
    }
    return undefined
  }

  /**
   * Makes the first control whose name is free, or finds the one that another proof has just made; `undefined` when
   * that is done, or cannot be.
   */
  const makeControl = async (terms: CallTerms): Promise<CallFailure | undefined> => {
    for (const name of rhitControlNames(deploymentId)) {
      const result = await api.createAccount(name, controlMarker, terms)
      if (result.kind !== 'answered' || !config.conflictStatuses.includes(result.status))
        return result.kind === 'answered' && isSuccess(result) ? undefined : failureOfResult(result, clock.now())
      const seen = await isControl(name, terms)
      if (seen !== false) return seen === true ? undefined : seen
    }
    return undefined
  }

  /** `control` was read just before. */
  const readBetween = async (
    control: string | undefined | CallFailure,
    name: string,
    marker: string,
    terms: CallTerms,
  ): Promise<Finding> => {
    if (control === undefined) return { kind: 'absent_unproved' }
    if (typeof control !== 'string') return control
    const found = await readAccount(deps, name, terms)
    if (found !== 'missing') {
      if (isCallFailure(found)) return found
      return found.description === marker ? { kind: 'absent_unproved' } : { kind: 'absent', evidence: 'foreign_object' }
    }
    const again = await isControl(control, terms)
    if (typeof again !== 'boolean') return again
    return again ? { kind: 'absent', evidence: 'controlled_read' } : { kind: 'absent_unproved' }
  }

  const look = async (name: string, marker: string, terms: CallTerms): Promise<Finding> =>
    readBetween(await findControl(terms), name, marker, terms)

  return {
    look,
    prove: async (name, marker, terms) => {
      const control = await findControl(terms)
      if (control !== undefined) return readBetween(control, name, marker, terms)
      return (await makeControl(terms)) ?? look(name, marker, terms)
    },
  }
}
