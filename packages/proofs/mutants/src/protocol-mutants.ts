import { accessFaults } from './faults/access-faults.ts'
import { budgetFaults } from './faults/budget-faults.ts'
import { coreFaults } from './faults/core-faults.ts'
import { doubleFaults } from './faults/double-faults.ts'
import { postgresFaults } from './faults/postgres-faults.ts'
import { registryFaults } from './faults/registry-faults.ts'
import type { ProtocolMutant } from './protocol-mutant.ts'

export const protocolMutants: ReadonlyArray<ProtocolMutant> = [
  ...coreFaults,
  ...doubleFaults,
  ...postgresFaults,
  ...registryFaults,
  ...accessFaults,
  ...budgetFaults,
]

/**
 * Judged by the simulation alone, which has to reach the fault through the workspace's links: recovery leaves alone
 * what it should give up.
 */
export const canary: ProtocolMutant = {
  name: 'canary, judged by the simulation alone',
  file: 'packages/core/application/src/recover.ts',
  find: `case 'abandon':
        return deps.ledger.record(claimOf(credential), (ledger, row, now) =>
          answeringResult(
            decideAbandon(ledger, row, { capabilities: registry.client.capabilities, cause: hold.cause }, now),
            row,
          ),
        )`,
  replace: `case 'abandon': return TE.right('waiting')`,
}
