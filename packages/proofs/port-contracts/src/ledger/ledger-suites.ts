import { auditChainsSuite } from './audit-chains-suite.ts'
import { auditSuite } from './audit-suite.ts'
import { backlogSuite } from './backlog-suite.ts'
import { bansSuite } from './bans-suite.ts'
import { credentialLedgerSuite } from './credential-ledger-suite.ts'
import { deploymentRegisterSuite } from './deployment-register-suite.ts'
import { dueWorkSuite } from './due-work-suite.ts'
import { fleetReadsSuite } from './fleet-reads-suite.ts'
import type { OpenLedger } from './ledger-subject.ts'
import { lostCommitsSuite } from './lost-commits-suite.ts'
import { lostLeasesSuite } from './lost-leases-suite.ts'
import { readsSuite } from './reads-suite.ts'
import { refusalLogSuite } from './refusal-log-suite.ts'
import { refusedDecisionsSuite } from './refused-decisions-suite.ts'
import { replicaRegisterSuite } from './replica-register-suite.ts'
import { sharedObjectsSuite } from './shared-objects-suite.ts'

/** Everything that must hold of a ledger and the ports beside it, whatever stores it. */
export const ledgerSuites = (open: OpenLedger): void => {
  credentialLedgerSuite(open)
  refusedDecisionsSuite(open)
  readsSuite(open)
  bansSuite(open)
  fleetReadsSuite(open)
  backlogSuite(open)
  auditSuite(open)
  auditChainsSuite(open)
  refusalLogSuite(open)
  dueWorkSuite(open)
  sharedObjectsSuite(open)
  lostCommitsSuite(open)
  lostLeasesSuite(open)
  deploymentRegisterSuite(open)
  replicaRegisterSuite(open)
}
