/** A partner's service account. A deleted one stays, to keep its name. */
export interface ServiceAccount {
  name: string
  description: string
  password: string
  createdAt: string
  createdBy: string
  lastUpdatedBy: string
  tokenCreatedAt: string
  deletedAt: string | null
}

/** Accounts by name, deleted ones included. */
export type RhitState = Map<string, ServiceAccount>

export interface KeptRhitState {
  partnerCode: string
  accounts: Array<ServiceAccount>
}

/** Pull secrets show a service account's name behind a pipe. */
export const usernameOf = (name: string): string => `|${name}`

/** `PartnerServiceAccountV1` of the vendor's API description. */
export const serviceAccountView = (partnerCode: string, account: ServiceAccount) => ({
  name: account.name,
  description: account.description,
  partnerCode,
  created: account.createdAt,
  createdBy: account.createdBy,
  lastUpdatedBy: account.lastUpdatedBy,
  tokenDate: account.tokenCreatedAt,
  credentials: { username: usernameOf(account.name), password: account.password },
})
