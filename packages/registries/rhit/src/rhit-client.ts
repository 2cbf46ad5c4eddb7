import type {
  AccessCheck,
  CallTerms,
  ReadOutcome,
  ReadRequest,
  RegistryClient,
  RegistryDependencies,
} from '@pull-secret/domain'
import {
  guardedClient,
  type HttpClient,
  isCallFailure,
  makeLoginCheck,
  makePatientHttp,
} from '@pull-secret/registry-http'
import { makeCreateAccount } from './create-account.ts'
import { makeDeleteAccount } from './delete-account.ts'
import { makeAccountAbsence } from './prove-account-absence.ts'
import { type AccountDeps, passwordOf, readAccount, usernameOf } from './read-account.ts'
import { rhitAccountName, rhitControlNames } from './rhit-account-name.ts'
import { makeRhitApi } from './rhit-api.ts'
import type { RhitConfig } from './rhit-config.ts'

export interface RhitClientDeps extends RegistryDependencies {
  readonly config: RhitConfig
  /** Shows the partner's certificate. */
  readonly management: HttpClient
  /** Logs in as clusters do, without a certificate. */
  readonly login: HttpClient
}

/** A repository that every Red Hat account may pull from; the token endpoint wants a scope. */
const loginScope = 'repository:rhel:pull'

/**
 * Red Hat's partner service accounts as credentials. The password can be read again; a deleted account is kept
 * invisibly and its
 * name with it; accounts cannot be listed; how soon a delete takes effect is not documented.
 */
export const makeRhitClient = (deps: RhitClientDeps): RegistryClient => {
  const { config, clock, deploymentId } = deps
  const account: AccountDeps = { api: makeRhitApi({ config, http: deps.management }), clock, config }
  const absence = makeAccountAbsence({ ...account, deploymentId })
  const patientHttp = makePatientHttp({ http: deps.management, clock })
  const create = makeCreateAccount({ ...account, patientApi: makeRhitApi({ config, http: patientHttp }) })
  const remove = makeDeleteAccount({ ...account, absence })

  const read = async ({ vendorName, marker, terms }: ReadRequest): Promise<ReadOutcome> => {
    const found = await readAccount(account, vendorName, terms)
    if (found === 'missing')
      return { kind: 'absent', controlled: (await absence.look(vendorName, marker, terms)).kind === 'absent' }
    if (isCallFailure(found)) return found
    const ours = found.description === marker
    return { kind: 'found', ours, username: usernameOf(found, config), token: ours ? passwordOf(found) : undefined }
  }

  const check = async (terms: CallTerms): Promise<AccessCheck> => {
    const found = await readAccount(account, rhitControlNames(deploymentId)[0] ?? '', terms)
    return isCallFailure(found) ? { kind: 'failing', problem: found.problem } : { kind: 'working' }
  }

  return {
    capabilities: {
      recoveryClass: 'read-back',
      uniqueNames: true,
      landingWindowSeconds: 900,
      executesOnce: false,
      deleteConsistency: 'eventual',
      deletesTakeSeconds: 5,
      settleSeconds: 60,
      revocable: true,
      sharedObject: false,
    },
    scope: `${config.baseUrl}|${config.partnerCode}`,
    vendorName: rhitAccountName,
    ...guardedClient({ create, read, remove, check }, { clock }),
    validateCredential: makeLoginCheck({
      http: deps.login,
      clock,
      registryUrl: config.registryUrl,
      insecureHttp: config.insecureHttp,
      scope: loginScope,
    }),
  }
}
