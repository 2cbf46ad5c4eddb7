/**
 * A mutant that nobody can notice, with the reason why. Somewhere in the file the mutant puts `replace` where `find`
 * stands, in whatever layout.
 */
export interface EquivalentMutant {
  readonly file: string
  readonly find: string
  readonly replace: string
  readonly why: string
}

const at =
  (file: string) =>
  (why: string, ...mutants: ReadonlyArray<readonly [find: string, replace: string]>): ReadonlyArray<EquivalentMutant> =>
    mutants.map(([find, replace]) => ({ file, find, replace, why }))

const afterCreate = at('packages/core/domain/src/decisions/decide-after-create.ts')
const afterDelete = at('packages/core/domain/src/decisions/decide-after-delete.ts')
const absence = at('packages/core/domain/src/decisions/proof-of-absence.ts')
const intend = at('packages/core/domain/src/decisions/intend.ts')
const audit = at('packages/core/domain/src/ledger/audit-of-decision.ts')
const generate = at('packages/core/domain/src/decisions/decide-generate.ts')
const document = at('packages/core/domain/src/pull-secrets/document.ts')
const outlook = at('packages/core/domain/src/decisions/outlook.ts')
const publish = at('packages/core/domain/src/decisions/publish.ts')
const revocation = at('packages/core/domain/src/pull-secrets/revocation-status.ts')
const remove = at('packages/core/application/src/delete-pull-secret.ts')
const obtain = at('packages/core/application/src/obtain-credential.ts')
const pullSecret = at('packages/core/application/src/pull-secret.ts')
const summaries = at('packages/core/application/src/recovery-summaries.ts')

const neverLater = 'undefined is neither before nor after any instant, so the comparison that follows says no as well'
const fallsThrough = 'without the case nothing is returned, and nothing stands for "none" here'
const onlyForTypes = 'the callers make sure of it; the compiler wants to see it'

// prettier-ignore
export const equivalentMutants: ReadonlyArray<EquivalentMutant> = [
  ...at('packages/core/domain/src/audit/audit-record.ts')('no two names of one record are equal', ['one < other', 'one <= other']),
  ...at('packages/core/domain/src/decisions/withdraw.ts')('every row left in the ledger is revoking by then', ["row.state === 'revoking'", 'true']),
  ...at('packages/core/domain/src/credentials/credential.ts')(neverLater, ['credential.settlesAt !== undefined', 'true']),
  ...afterCreate('an unknown outcome names no delay of its own, so that the rest comes to the same back-off', ["outcome.kind === 'unknown'", 'false'], ["outcome.kind === 'unknown'", 'outcome.kind === ""']),
  ...afterCreate('no other outcome that loses a row names a vendor id', ["outcome.kind === 'unknown'", 'true']),
  ...afterCreate('a burnt name was handled before; the compiler wants to see it', ["outcome.kind === 'name_burnt'", 'false'], ["outcome.kind === 'name_burnt'", 'outcome.kind === ""']),
  ...absence(fallsThrough,
    ["case 'absent_unproved':", 'case "":'], ["case 'not_revocable':", 'case "":'], ["case 'refused':", 'case "":'], ["case 'unknown':", 'case "":'],
    ["case 'not_sent':", 'case "":'], ["case 'not_sent': return undefined", "case 'not_sent':"]),
  ...absence('no other outcome has evidence', ["outcome.kind === 'absent' && outcome.evidence", 'true && outcome.evidence']),
  ...afterDelete('no other outcome that gets here asks for a delay', ["outcome.kind === 'refused'", 'true']),
  ...intend('the attempt that follows in the same step writes its own', ["'none'", '""']),
  ...intend('an intended row can always be moved', ['move === undefined', 'false'], ['[]', '["Stryker was here"]']),
  ...intend(onlyForTypes, ['cluster === undefined', 'false']),
  ...audit(fallsThrough, ["case 'cluster_noted':", 'case "":'], ["case 'credential_noted':", 'case "":'], ["case 'credential_noted': return undefined", "case 'credential_noted':"]),
  ...generate(onlyForTypes, ["cluster?.state !== 'live'", 'false'], ['cluster?.state', 'cluster.state'], ['[]', '["Stryker was here"]']),
  ...document('no host stands twice, so that two are never equal', ['one < other', 'one <= other'], ['one === other', 'false']),
  ...outlook('without a cluster nothing is published, which comes to the same', ['[undefined]', '[]']),
  ...outlook(onlyForTypes, ['cluster === undefined', 'false']),
  ...publish(onlyForTypes, ['cluster?.state', 'cluster.state'], ['cluster === undefined', 'false']),
  ...revocation(neverLater, ['settlesAt !== undefined', 'true']),
  ...revocation('the latest of none is before every instant', ['instants.length === 0', 'false']),
  ...remove('there is another round only for a cluster', ['view.cluster?.incarnation', 'view.cluster.incarnation']),
  ...remove('nobody looks at what another life had', ['[]', '["Stryker was here"]']),
  ...remove(neverLater, ['wait !== undefined', 'true']),
  ...obtain('no cipher opens either text', ["''", '"Stryker was here!"']),
  ...obtain('no other outcome names a vendor id', ["outcome.kind === 'created' || outcome.kind === 'unknown'", 'true']),
  ...at('packages/core/application/src/shared-content.ts')('no cipher opens either text', ["''", '"Stryker was here!"']),
  ...pullSecret('no cipher opens either text, and an active row has a username', ["''", '"Stryker was here!"']),
  ...pullSecret('only a published cluster has a pull secret', ['view.cluster?.', 'view.cluster.']),
  ...pullSecret('no two active rows are of one registry', ['one.registry.id < other.registry.id', 'one.registry.id <= other.registry.id']),
  ...summaries('every number goes through the sum twice, so that two signs cancel', ['one.rows + other.rows', 'one.rows - other.rows'], ['one.clusters + other.clusters', 'one.clusters - other.clusters'], ['one.failed + other.failed', 'one.failed - other.failed']),
]
