import { at, type ProtocolMutant } from '../protocol-mutant.ts'

const lease = at('packages/core/domain/src/decisions/lease.ts')
const due = at('packages/core/domain/src/decisions/take-due.ts')
const late = at('packages/core/domain/src/decisions/late-findings.ts')
const afterCreate = at('packages/core/domain/src/decisions/decide-after-create.ts')
const afterDelete = at('packages/core/domain/src/decisions/decide-after-delete.ts')
const proof = at('packages/core/domain/src/decisions/proof-of-absence.ts')
const validation = at('packages/core/domain/src/decisions/decide-after-validation.ts')
const entry = at('packages/core/domain/src/decisions/entry-work.ts')
const revoke = at('packages/core/domain/src/decisions/revoke.ts')
const credential = at('packages/core/domain/src/credentials/credential.ts')
const intend = at('packages/core/domain/src/decisions/intend.ts')
const publish = at('packages/core/domain/src/decisions/publish.ts')
const generate = at('packages/core/domain/src/decisions/decide-generate.ts')
const ban = at('packages/core/domain/src/decisions/decide-ban.ts')
const withdraw = at('packages/core/domain/src/decisions/withdraw.ts')
const remove = at('packages/core/domain/src/decisions/decide-delete.ts')
const audit = at('packages/core/domain/src/ledger/audit-of-decision.ts')
const obtain = at('packages/core/application/src/obtain-credential.ts')
const groups = at('packages/core/application/src/waiting-groups.ts')
const patience = at('packages/core/domain/src/decisions/patience.ts')
const sharedContent = at('packages/core/application/src/shared-content.ts')

/** Faults in what decides: domain and application. */
// prettier-ignore
export const coreFaults: ReadonlyArray<ProtocolMutant> = [
  lease('the fence does not rise when a row is taken away', 'lease: undefined, fence: credential.fence + 1 }', 'lease: undefined, fence: credential.fence }'),
  lease('the fence does not rise when a row is taken', 'fence: credential.fence + 1, lease: {', 'fence: credential.fence, lease: {'),
  lease('a creating attempt leaves no settle time', 'settlesAt: laterOf(credential.settlesAt, secondsAfter(now, terms.leaseSeconds + terms.landingWindowSeconds)),', ''),
  lease('a creating attempt leaves out the landing window', 'terms.leaseSeconds + terms.landingWindowSeconds', 'terms.leaseSeconds'),
  lease('a later attempt may bring the settle time forward', 'laterOf(credential.settlesAt, secondsAfter(now, terms.leaseSeconds + terms.landingWindowSeconds))', 'secondsAfter(now, terms.leaseSeconds + terms.landingWindowSeconds)'),
  lease('an attempt is not noted as unknown before it is sent', "outcome: 'unknown',", ''),
  due('an attempt that may create is claimed like one that cannot', "purpose === 'create' || purpose === 'mint'", 'false'),
  due('a lost one-shot row is claimed for another attempt', "(terms.mayRepeatUnknown || credential.outcome !== 'unknown')", 'true'),
  late('a published row becomes due because somebody came too late', 'nextAttemptAt: isUnfinished(row) ? now : row.nextAttemptAt', 'nextAttemptAt: now'),
  late('a late holder takes back what was learnt', 'row.vendorId ?? vendorId', 'vendorId'),
  validation('one refused login is a verdict', 'refusalsBeforeVerdict = 3', 'refusalsBeforeVerdict = 1'),
  validation('refused logins are counted with vain ones', 'wasRefused ? tries + 1 : 1', 'tries + 1'),
  validation('a verdict is kept whatever is seen later', "return { verdict: 'valid', tries: 0 }", "return { verdict: verdict ?? 'valid', tries: 0 }"),
  validation('what was not our turn counts as a login', "if (isOwnWaiting({ ...validation, kind: 'not_sent' }))", 'if (false)'),
  validation('a credential in use that is refused calls for nobody', "stuckSince: look.verdict === 'invalid' ? (credential.stuckSince ?? now) : undefined", 'stuckSince: undefined'),
  entry('nobody looks at what was published', 'registry === undefined ? undefined : secondsAfter(now, registry.client.capabilities.settleSeconds)', 'undefined'),
  entry('a credential is looked at before the registry must accept it', 'secondsAfter(now, registry.client.capabilities.settleSeconds)', 'now'),
  due('a token that will end waits for a look at it', 'refreshAfter <= now ?', 'false ?'),
  credential('a lease that runs counts as free', 'credential.lease === undefined || credential.lease.expiresAt <= now', 'true'),
  afterCreate('a success clears the settle time', 'registry.client.capabilities.executesOnce && credential.attempts === 1 ? undefined : credential.settlesAt', 'undefined'),
  afterCreate('an unknown outcome is taken as never created', "return { ...waiting, vendorId: outcome.vendorId ?? credential.vendorId }", "return { ...waiting, outcome: 'refused_at_first_step' }"),
  afterCreate('a refusal after an unknown attempt is taken as never created', 'return outcome.firstStep && isOnlyAttempt ?', 'return outcome.firstStep ?'),
  afterCreate('a one-shot name is tried again after a lost answer', "(registry.client.capabilities.recoveryClass === 'one-shot' && credential.state === 'intended'", "(false && credential.state === 'intended'"),
  afterCreate('a burnt name is kept', "outcome.kind === 'name_burnt'\n  ||", 'false\n  ||'),
  afterCreate('what is there for good is minted again when its vendor says so', "if (recoveryClass !== 'stateless') return undefined", ''),
  afterCreate('the longest life of a token counts from the recording', 'secondsAfter(lease?.takenAt ?? now, maximumLifetimeSeconds)', 'secondsAfter(now, maximumLifetimeSeconds)'),
  at('packages/core/domain/src/decisions/replace.ts')('nobody is called for the replacement of a lost row', "cluster?.state === 'live'", 'false'),
  proof('a proof may be sent before the settle time', 'lease === undefined || lease.takenAt < settlesAt ? undefined', 'lease === undefined ? undefined'),
  proof('a proof counts from its answer, not from its sending', 'lease.takenAt < settlesAt ? undefined', 'lease.expiresAt < settlesAt ? undefined'),
  proof('not found without evidence is proof', "    case 'absent_unproved':\n    case 'not_revocable':\n    case 'refused':", "    case 'absent_unproved': return 'listing'\n    case 'not_revocable':\n    case 'refused':"),
  proof('an accepted delete is proof where deletes are not immediate', "deleteConsistency === 'strong' && uniqueNames ? 'delete_accepted'", "uniqueNames ? 'delete_accepted'"),
  afterDelete('a delete is not repeated before everything has landed', 'if (settlesAt > now) return Math.min(soon, settlesAt)', 'if (settlesAt > now) return settlesAt'),
  afterDelete('a revocation is forgotten after ten tries', 'nextAttemptAt: nextTry(credential, outcome, context, tries, now),', 'nextAttemptAt: tries >= 10 ? undefined : nextTry(credential, outcome, context, tries, now),'),
  proof('one look that shows nothing is proof', 'capabilities.executesOnce ||', 'true ||'),
  proof('a delete that something of ours could follow makes one look proof', 'if (deleteAcceptedAt < settlesAt) return Infinity', ''),
  afterDelete('an accepted delete that may still take its time counts as done', 'secondsAfter(now, deletesTakeSeconds)', 'now'),
  proof('an accepted delete that may still take its time needs no login', "(capabilities.deleteConsistency === 'strong' || login === 'refused')", 'true'),
  proof('one refused login makes an object under our name another one', "(context.login === 'refused' && isSecondLook(credential, context.capabilities, sentAt))", "context.login === 'refused'"),
  proof('an object with a changed description is somebody else\'s', 'uniqueNames && isOursNoMore(credential, context, sentAt) ?', 'uniqueNames ?'),
  proof('a token is erased that still logs in', " || context.login === 'accepted'", ''),
  proof('an announced expiry proves the end of what can be revoked', '!context.capabilities.revocable && hasExpired', 'hasExpired'),
  patience('what was never sent uses up no patience', 'isOwnWaiting(outcome) ? tries : tries + 1', "outcome.kind === 'not_sent' ? tries : tries + 1"),
  at('packages/core/domain/src/platform/elapsed.ts')('a suspended machine believes that no time has passed', 'stoodStill > largestSlewMilliseconds ? stoodStill : 0', '0'),
  patience('every try is told', 'return outcome.problem !== before.problem || (tries & (tries - 1)) === 0', 'return true'),
  at('packages/core/domain/src/decisions/bounded.ts')('a registry may delay the next try for ever', 'Math.min(longestAskedDelaySeconds, Math.max(0, seconds))', 'Math.max(0, seconds)'),
  at('packages/core/domain/src/decisions/readiness.ts')('a credential is handed out past its announced expiry', "row.state === 'active' && servedUntil(row) > now", "row.state === 'active'"),
  at('packages/core/application/src/record-answer.ts')('an answer is lost with the first failure of the database', "failure.code === 'FENCE_LOST' ||", "failure.code !== 'FENCE_LOST' ||"),
  at('packages/core/application/src/pull-secret.ts')('a host is given a credential of the place that its registry has left', 'registry?.client.scope === row.scope ?', 'registry !== undefined ?'),
  proof('what cannot be revoked is given up at once', 'secondsAfter(expiresAt, clockAllowanceSeconds) <= now', 'expiresAt >= 0'),
  revoke('a refused row counts as never created however often it was tried', 'credential.attempts === 0 || (credential.attempts === 1 && credential.outcome', 'credential.attempts === 0 || (credential.outcome'),
  revoke('a refusal is taken as never executed, by nobody on the way', " && credential.settlesAt === undefined)", ')'),
  revoke('what was refused counts as absent from a shared object', 'capabilities?.sharedObject === false\n', 'capabilities !== undefined\n'),
  revoke('every unfinished row counts as never created', "if (credential.state === 'intended' && cannotExist(credential, capabilities))", "if (credential.state === 'intended')"),
  revoke('the token of a revoked row is kept', 'sealedToken: undefined, nextAttemptAt: undefined,', 'nextAttemptAt: undefined,'),
  intend('a lost one-shot row is attempted again', "registry.client.capabilities.recoveryClass === 'one-shot' && row.outcome === 'unknown'", 'false'),
  intend('the generation starts again with every row', '(ledger.generations[registry.id] ?? 0) + 1', '1'),
  intend('any number of rows may be unsettled', 'if (unsettled.length >= unsettledLimit) return nothing', ''),
  at('packages/core/domain/src/decisions/back-off.ts')('tries come without growing pauses', '2 ** Math.min(Math.max(0, tries - 1), 20)', '1'),
  publish('a document is published without a required registry', 'requiredIds(ledger, cluster, all).every(', 'requiredIds(ledger, cluster, all).some('),
  publish('an older replica publishes without what a newer one requires', '  ...requiredRegistries,\n', ''),
  publish('a second entry of one registry is published', 'active === undefined && unpublished', 'unpublished'),
  intend('a request takes the successor that a rotation makes', 'servedUntil(active) > now ? nothing :', 'servedUntil(active) > now ? stepOf(unpublished, wanted, now) :'),
  publish('a row of an earlier life is published', ' &&\n    row.incarnation === cluster.incarnation', ''),
  generate('a late wish to recreate is taken for the latest', "cluster?.state !== 'live' || recreate === undefined", 'true'),
  generate('a deleted cluster comes back by itself', 'return command.recreate === cluster.incarnation\n', 'return command.recreate === cluster.incarnation || command.recreate === undefined\n'),
  generate('any incarnation brings a deleted cluster back', 'return command.recreate === cluster.incarnation\n', 'return command.recreate !== undefined\n'),
  generate('an incomplete cluster is not looked at again', 'isComplete(view, registries) ? whenComplete : secondsAfter(now, delaySeconds)', 'whenComplete'),
  generate('an older replica finds complete what a newer one has to complete', 'isRecovery && knowsWhatIsEnabled(ledger, registries) ? firstEnd', 'isRecovery ? firstEnd'),
  remove('the deletion of an absent id records nothing', 'if (cluster !== undefined && command.incarnation === cluster.incarnation) return []', 'if (cluster === undefined || cluster.state === \'deleted\') return []'),
  withdraw('a deletion spares the rows that somebody holds', 'ledger.credentials.flatMap((row) => revokeNow(', 'ledger.credentials.filter((row) => hasFreeLease(row, now)).flatMap((row) => revokeNow('),
  withdraw('a deletion takes rows from a moved registry', 'registry === undefined || registry.client.scope !== row.scope || attemptId === undefined', 'registry === undefined || attemptId === undefined'),
  remove('a deletion does not mind which life was named', "command.incarnation === undefined || command.incarnation === cluster?.incarnation", 'true'),
  ban('a ban leaves credentials alone', '    ...withdrawAll(ledger, context, command.cause, now),\n', ''),
  ban('a ban spares what is not an entry yet', '...withdrawAll(ledger, context, command.cause, now),', "...withdrawAll({ ...ledger, credentials: ledger.credentials.filter(({ state }) => state !== 'intended' && state !== 'ready') }, context, command.cause, now),"),
  ban('a banned cluster is completed again once it is unbanned', 'dormantSince: now,', 'dormantSince: undefined,'),
  ban('a ban leaves its cluster due', 'servedRegistries: [],\n          nextAttemptAt: undefined,', 'servedRegistries: [],\n          nextAttemptAt: now,'),
  ban('a ban keeps no record that the id has no document any more', '          publishedAt: undefined,\n', ''),
  ban('what goes on with the deletions of a ban bans again', 'isStanding(ledger.ban) ? takenAfter(ledger, [], context, now) : decided([])', "decideBan(ledger, { clusterId: ledger.clusterId, reason: 'again', cause: { subject: '', reason: '', traceId: 'ban' } }, context, now)"),
  ban('a ban that was lifted once can be given no more', "isStanding(ban)\n    ? []", 'ban !== undefined\n    ? []'),
  publish('a create that comes late is published for a banned id', " || isStanding(ban)", ''),
  generate('a banned id is given a pull secret', 'if (banned !== undefined) return E.left(banned)', ''),
  generate('a dormant cluster is completed by itself', 'return cluster.dormantSince === undefined\n', 'return true\n'),
  at('packages/core/application/src/retrieve-pull-secret.ts')('nobody is told of a ban', 'if (banned !== undefined) return E.left(banned)', ''),
  remove('a deletion lifts a ban', 'return E.right(decided([], deleteAbsent(command, cluster, now)))', "return E.right(decided([], [...deleteAbsent(command, cluster, now), ...(ledger.ban?.state === 'standing' ? [{ kind: 'ban_moved' as const, rule: 'B2' as const, before: ledger.ban, after: { ...ledger.ban, state: 'lifted' as const }, cause: command.cause }] : [])]))"),
  at('packages/core/domain/src/decisions/finish-deletion.ts')('a cluster is deleted while rows remain', " && credentials.length === 0", ''),
  audit('a change leaves no record', "...decision.transitions.flatMap((transition) => changeOf(transition, at) ?? []),", "...decision.transitions.filter((transition) => transition.kind !== 'credential_moved' || transition.rule !== 'C14').flatMap((transition) => changeOf(transition, at) ?? []),"),
  audit('a change of a cluster leaves no record', '...decision.transitions.flatMap((transition) => changeOf(transition, at) ?? []),', "...decision.transitions.filter((transition) => transition.kind !== 'cluster_moved').flatMap((transition) => changeOf(transition, at) ?? []),"),
  at('packages/core/application/src/delete-pull-secret.ts')('a deletion is answered as done before it is', "view.cluster?.state === 'deleting'\n    ? { kind: 'deleting'", "false\n    ? { kind: 'deleting'"),
  at('packages/core/application/src/hold.ts')('every call is as urgent as what a caller waits for', 'sendDeadline(registry, askedAt),\n  priority,', "sendDeadline(registry, askedAt),\n  priority: 'interactive',"),
  obtain('sending ends so long after its beginning, whenever the lease was taken', 'const terms = termsOf(registry, hold)', 'const terms = termsOf(registry, { ...hold, askedAt: deps.clock.monotonic() })'),
  obtain('a token is told in a log', '({ ...rest, sealedToken })', '({ ...rest, sealedToken, problem: token.reveal() })'),
  obtain('a token is stored unsealed', '({ ...rest, sealedToken })', '({ ...rest, sealedToken, vendorId: token.reveal() })'),
  obtain('a holder without its fence cleans up after itself', "          { vendorId: vendorIdOf(outcome) },\n        )),", "          { vendorId: vendorIdOf(outcome) },\n        )),\n        TE.tapError((failure) => TE.fromTask(failure.code === 'FENCE_LOST' ? registry.client.deleteCredential({ vendorName: credential.vendorName, marker: markerOf(deps.deploymentId, credential.id), deadline: Number.MAX_SAFE_INTEGER }) : T.of(undefined))),"),
  sharedContent(
    'the rows of a shared object are read before it is taken',
    '        takeFor(deps, registry, attemptId, earliestDeadline),\n        isolateFailure(deps.logger, \'taking a shared object\'),\n        T.tap(() => T.fromIO(groups.close(registry.id))),\n        TE.flatMap((lease) => contentUnder(deps, lease)),',
    '        deps.reads.sharedObjectRows(registry.id),\n        TE.flatMap((early) => pipe(takeFor(deps, registry, attemptId, earliestDeadline), TE.map((lease) => [lease, early]))),\n        T.tap(() => T.fromIO(groups.close(registry.id))),\n        TE.flatMap(([lease, early]) => contentUnder({ ...deps, reads: { sharedObjectRows: () => TE.right(early) } }, lease)),',
  ),
  sharedContent('a shared object is handed on while a write may still be under way', "isUnsure: E.isRight(outcome) && outcome.right.kind === 'unknown'", 'isUnsure: false'),
  sharedContent('a row joins a write whose content was read before', 'T.tap(() => T.fromIO(groups.close(registry.id))),', ''),
  sharedContent('what a shared object must hold again is not told', "wasCreated: row.state !== 'intended'", 'wasCreated: false'),
  sharedContent('failing attempts count the ledger up to the fence of a file', "new Set(['refused', 'not_sent'])", 'new Set<string>()'),
  groups('a fence is given back though others wrote under it', 'hasWritten: before.hasWritten || left.hasWritten,', 'hasWritten: left.hasWritten,'),
  groups('a shared object is handed on while others still write it', 'after.count > 0 || after.isUnsure', 'after.isUnsure'),
  groups('who is the last to write a shared object forgets that another is unsure', 'isUnsure: before.isUnsure || left.isUnsure,', 'isUnsure: left.isUnsure,'),
  sharedContent('a shared object is handed on before a late write has landed', 'leaseSeconds + client.capabilities.landingWindowSeconds', 'leaseSeconds'),
  at('packages/core/application/src/deadline.ts')('a vendor that never answers is waited for', 'pipe(call, waitAtMost(clock, deadline + graceMilliseconds - startedAt))', 'call'),
  at('packages/core/domain/src/registries/registry.ts')('sending never ends', 'startedAt + sendSeconds(registry) * 1000', 'Number.MAX_SAFE_INTEGER'),
]
