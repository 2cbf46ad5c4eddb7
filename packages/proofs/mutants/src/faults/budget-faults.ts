import { at, type ProtocolMutant } from '../protocol-mutant.ts'

const slice = at('packages/core/domain/src/limits/decide-slice.ts')
const queue = at('packages/core/application/src/turn-queue.ts')
const budget = at('packages/core/application/src/call-budget.ts')
const http = at('packages/registries/http/src/http-client.ts')
const rows = at('packages/adapters/postgres/src/statements/call-budget-rows.ts')
const createRobot = at('packages/registries/quay/src/create-robot.ts')
const circuit = at('packages/shells/composition/src/circuit.ts')

/** Faults in what keeps the limits of vendors. */
// prettier-ignore
export const budgetFaults: ReadonlyArray<ProtocolMutant> = [
  at('packages/core/domain/src/decisions/outlook.ts')('a caller is told to come back before there is hope of a turn', '...underWay.map((row) => secondsUntilTurn(row?.registryId ?? \'\')),', ''),
  at('packages/core/application/src/recover.ts')('recovery takes more rows than there are turns for', 'Math.min(batchSize, rowsWithinBudget(registry.budget, sendSeconds(registry) / 3))', 'batchSize'),
  at('packages/core/application/src/recover.ts')('what is left of a DELETE is in no hurry', 'purpose === \'revoke\' && isUrgent', 'false'),
  at('packages/core/domain/src/decisions/take-due.ts')('what has to happen is claimed together with mere looks', 'kindOf(row, terms, now) === kind', 'true'),
  at('packages/core/domain/src/clusters/cluster.ts')('a cluster that is deleted is in no hurry any more', "state !== 'live' || dormantSince", "state === 'deleting' || dormantSince"),
  at('packages/adapters/postgres/src/statements/due-kinds.ts')('PostgreSQL: a token that must be minted again waits behind looks', 'and (r.next_work is distinct from \'validate\' or r.refresh_after <= (select now from moment))', ''),
  slice('a clock that goes forth and back fills a budget again', 'Math.max(clock, countedAt)', 'clock'),
  slice('what an urgent class was refused is granted to others', 'if (index < place) return wanting', 'if (index < place) return 0'),
  slice('what a class is owed is granted to others', 'return index > place ? Math.floor(owed) : 0', 'return 0'),
  slice('another configuration is a new burst', 'narrower(bucketTermsOf(stored.terms), own)', 'own'),
  slice('the process that is nearest to the database takes everything', 'Math.min(afterOthers, longestLine)', '0'),
  slice('a clock that was set back brings a new burst', '{ tokens: 0, countedAt: clock }', 'fullBucket(own, clock)'),
  queue('a slice is used after its second', 'now < until ? granted : 0', 'granted'),
  budget('a process asks for several slices at once', 'isAsking.write(true)()', 'isAsking.write(false)()'),
  http('HTTP: a request is sent without its turn', 'if (refused !== undefined) return refused', ''),
  rows('PostgreSQL: two processes are granted the same slice', 'from call_budgets where registry_id = $1 for update)', 'from call_budgets where registry_id = $1)'),
  createRobot('Quay: a limit in the middle of a create ends it', 'const added = await patientApi.addTeamMember', 'const added = await api.addTeamMember'),
  circuit('an open circuit holds every revocation back', '(isRevocation && now >= open.revokeAt)', 'false'),
]
