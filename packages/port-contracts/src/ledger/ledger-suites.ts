import { credentialLedgerSuite } from './credential-ledger-suite.ts'
import { deploymentRegisterSuite } from './deployment-register-suite.ts'
import { dueWorkSuite } from './due-work-suite.ts'
import type { OpenLedger } from './ledger-subject.ts'
import { sharedObjectsSuite } from './shared-objects-suite.ts'

/** Everything that must hold of a ledger and the ports beside it, whatever stores it. */
export const ledgerSuites = (open: OpenLedger): void => {
  credentialLedgerSuite(open)
  dueWorkSuite(open)
  sharedObjectsSuite(open)
  deploymentRegisterSuite(open)
}
