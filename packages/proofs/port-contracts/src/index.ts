export {
  type AccessPolicySubject,
  accessPolicySuite,
  type Grant,
  type GroupGrant,
  type OpenAccessPolicy,
} from './access/access-policy-suite.ts'
export { type AuthenticatorSubject, authenticatorSuite, type OpenAuthenticator } from './access/authenticator-suite.ts'
export * from './expectations.ts'
export { auditChainsSuite } from './ledger/audit-chains-suite.ts'
export { auditSuite } from './ledger/audit-suite.ts'
export { backlogSuite } from './ledger/backlog-suite.ts'
export { bansSuite } from './ledger/bans-suite.ts'
export { credentialLedgerSuite } from './ledger/credential-ledger-suite.ts'
export { deploymentRegisterSuite } from './ledger/deployment-register-suite.ts'
export { dueWorkSuite } from './ledger/due-work-suite.ts'
export { fleetReadsSuite } from './ledger/fleet-reads-suite.ts'
export type * from './ledger/ledger-subject.ts'
export * from './ledger/ledger-suites.ts'
export { lostCommitsSuite } from './ledger/lost-commits-suite.ts'
export { lostLeasesSuite } from './ledger/lost-leases-suite.ts'
export { readsSuite } from './ledger/reads-suite.ts'
export { refusalLogSuite } from './ledger/refusal-log-suite.ts'
export { refusedDecisionsSuite } from './ledger/refused-decisions-suite.ts'
export { replicaRegisterSuite } from './ledger/replica-register-suite.ts'
export { sharedObjectsSuite } from './ledger/shared-objects-suite.ts'
export { type BudgetSlicesSubject, budgetSlicesSuite, type OpenBudgetSlices } from './limits/budget-slices-suite.ts'
export { type CipherSubject, cipherSuite } from './platform/cipher-suite.ts'
export { type ClockSubject, clockSuite } from './platform/clock-suite.ts'
export { digestSuite } from './platform/digest-suite.ts'
export { idsSuite } from './platform/ids-suite.ts'
export * from './registries/registry-client-suite.ts'
export type { OpenRegistrySubject, RegistrySubject } from './registries/registry-subject.ts'
