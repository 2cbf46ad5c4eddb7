import { at, type ProtocolMutant } from '../protocol-mutant.ts'

const http = at('packages/registries/http/src/http-client.ts')
const failedCall = at('packages/registries/http/src/failure-of-error.ts')
const badAnswer = at('packages/registries/http/src/failure-of-answer.ts')
const login = at('packages/registries/http/src/login-check.ts')
const guard = at('packages/registries/http/src/guarded-client.ts')
const quayApi = at('packages/registries/quay/src/quay-api.ts')
const createRobot = at('packages/registries/quay/src/create-robot.ts')
const deleteRobot = at('packages/registries/quay/src/delete-robot.ts')
const robotAbsence = at('packages/registries/quay/src/prove-robot-absence.ts')
const quayClient = at('packages/registries/quay/src/quay-client.ts')
const createAccount = at('packages/registries/rhit/src/create-account.ts')
const deleteAccount = at('packages/registries/rhit/src/delete-account.ts')
const accountAbsence = at('packages/registries/rhit/src/prove-account-absence.ts')
const readAccount = at('packages/registries/rhit/src/read-account.ts')
const rhitApi = at('packages/registries/rhit/src/rhit-api.ts')
const rhitClient = at('packages/registries/rhit/src/rhit-client.ts')
const rhitName = at('packages/registries/rhit/src/rhit-account-name.ts')
const rhitWire = at('packages/registries/rhit/src/rhit-wire.ts')
const users = at('packages/registries/distribution/src/distribution-client.ts')
const store = at('packages/registries/distribution/src/distribution-api.ts')
const text = at('packages/registries/distribution/src/distribution-wire.ts')
const ownNames = at('packages/registries/distribution/src/distribution-user-name.ts')
const replaceFile = at('packages/registries/distribution/src/replace-file.ts')
const place = at('packages/registries/distribution/src/file-place.ts')
const together = at('packages/registries/distribution/src/writes-together.ts')
const hashes = at('packages/registries/distribution/src/user-hashes.ts')
const path = at('packages/shells/composition/src/configured-capabilities.ts')

/** Faults in the adapters of registries, in what those over HTTP share, and in what is made of their capabilities. */
// prettier-ignore
export const registryFaults: ReadonlyArray<ProtocolMutant> = [
  http('HTTP: a request is sent after its deadline', 'if (leftMilliseconds <= 0) return deadlinePassed', ''),
  http('HTTP: a call may last beyond its deadline', 'Math.min(callMilliseconds, request.terms.deadline - clock.monotonic())', 'request.terms.deadline > clock.monotonic() ? callMilliseconds : 0'),
  failedCall('HTTP: a timeout counts as never sent', "return { kind: 'unknown', problem: 'timeout' }", "return { kind: 'not_sent', problem: 'deadline_passed' }"),
  failedCall('HTTP: a lost connection counts as never sent', "return { kind: 'unknown', problem: error instanceof", "return { kind: 'not_sent', problem: error instanceof"),
  badAnswer("HTTP: a server's error counts as a refusal", "return { kind: 'unknown', problem: 'server_error' }", "return { kind: 'refused', problem: 'server_error', firstStep: true }"),
  badAnswer('HTTP: a page of a proxy counts as a refusal', ' || !isFromApplication(answer)', ''),
  guard('HTTP: an operation begins after its deadline', 'clock.monotonic() > deadline ?', 'false ?'),
  guard('HTTP: an operation that threw counts as never sent', "const unforeseen: CallFailure = { kind: 'unknown', problem: 'server_error' }", "const unforeseen: CallFailure = { kind: 'not_sent', problem: 'server_error' }"),
  login('HTTP: a limit or an error counts as an invalid login', "if (result.status === 401) return { kind: 'invalid' }", "if (result.status >= 400) return { kind: 'invalid' }"),
  login('HTTP: a login is sent to whatever realm is named', "trustedRealm(bearer.parameters['realm'], registryUrl, { realmHosts, insecureHttp })", "new URL(bearer.parameters['realm'] ?? '', registryUrl)"),

  quayApi('Quay: a create is repeated when its answer is lost', "call(http.send, { method: 'PUT', url: robotUrl(name)", "call(http.read, { method: 'PUT', url: robotUrl(name)"),
  quayApi('Quay: a delete is repeated when its answer is lost', "call(http.send, { method: 'DELETE'", "call(http.read, { method: 'DELETE'"),
  quayApi('Quay: a robot gets no marker', 'body: { description: marker, unstructured_metadata: { marker } }', 'body: {}'),
  quayApi('Quay: the listing that proves shows one robot only', '/robots?token=false&permissions=false`', '/robots?token=false&permissions=false&limit=1` '),
  createRobot('Quay: a robot of another is taken over', "if (found.description !== request.marker) return { kind: 'name_burnt' }", ''),
  createRobot('Quay: one "not found" overwrites a team that is there', "if (Object.hasOwn(teams, team)) return 'there'", ''),
  createRobot('Quay: a team is made although nobody shows the teams', 'if (teams === undefined) return shown', "if (teams === undefined) return (await api.putTeam(terms), 'there')"),
  quayApi("Quay: making a team overwrites another's description", "body: { role: 'member' }", "body: { role: 'member', description: 'x' }"),
  createRobot('Quay: a success is believed whatever robot it shows', 'made?.name === fullName(organization, request.vendorName)', 'made !== undefined'),
  createRobot('Quay: a success is believed whatever its marker', '&& made.description === request.marker', ''),
  createRobot('Quay: the grant is left out', 'if (isMember(joined, username)) return', 'return'),
  createRobot('Quay: a grant that failed counts as a refusal', "kind: 'unknown',\n      problem: joined.kind === 'not_sent' ? joined.problem : 'grant_failed',\n      vendorId: username,", "kind: 'refused',\n      problem: 'request_refused',\n      firstStep: true,"),
  createRobot('Quay: a later step that was not sent counts as if nothing was', "kind: 'unknown',\n      problem: joined.kind === 'not_sent' ? joined.problem : 'grant_failed',", "kind: joined.kind === 'not_sent' ? 'not_sent' : 'unknown',\n      problem: joined.kind === 'not_sent' ? joined.problem : 'grant_failed',"),
  createRobot('Quay: a taken name counts as never created', "if (saysNameIsTaken(result)) return readBack(request, { kind: 'name_burnt' }, (failure) => failure)", "if (saysNameIsTaken(result)) return { kind: 'refused', problem: 'request_refused', firstStep: true }"),
  createRobot('Quay: a success that cannot be read counts as never created', "{ kind: 'unknown', problem: 'unreadable_answer' }", "{ kind: 'refused', problem: 'request_refused', firstStep: true }"),
  deleteRobot('Quay: not found is taken as proof', "if (found === 'missing') return absence.prove(vendorName, marker, terms)", "if (found === 'missing') return { kind: 'absent', evidence: 'listing' }"),
  deleteRobot('Quay: a robot is deleted by its name alone', "if (found.description !== marker) return { kind: 'absent', evidence: 'foreign_object' }", ''),
  deleteRobot('Quay: a delete that finds nothing counts as done', 'saysRobotIsMissing(result)) return absence.prove(vendorName, marker, terms)', "saysRobotIsMissing(result)) return { kind: 'deleted' }"),
  deleteRobot('Quay: any answer to a delete counts as done', 'result.status === 204', 'result.status > 0'),
  robotAbsence('Quay: a listing without a robot of ours is proof', 'robots.some(({ description }) => description?.startsWith(anyOurs))', 'true'),
  robotAbsence('Quay: a robot of another vouches for a listing', "const anyOurs = markerOf(deploymentId, '')", "const anyOurs = ''"),
  robotAbsence('Quay: a robot in the listing counts as absent', 'if (namesake !== undefined) return', 'if (false) return'),
  quayClient("Quay: the secret of another's robot is shown", 'token: ours ? found.token : undefined', 'token: found.token'),

  rhitApi('RHIT: a create is repeated when its answer is lost', "http.send({ method: 'POST'", "http.read({ method: 'POST'"),
  createAccount('RHIT: an account of another is taken over', "return found.description === marker ? createdFrom(found) : { kind: 'name_burnt' }", 'return createdFrom(found)'),
  createAccount('RHIT: a conflict counts as never created', "return readBack(request, { kind: 'name_burnt' })", "return { kind: 'refused', problem: 'request_refused', firstStep: true }"),
  createAccount('RHIT: a retained name is tried again', "readBack(request, { kind: 'name_burnt' })", 'readBack(request, unreadable)'),
  createAccount('RHIT: the account in an answer is believed, whoever made it', 'account?.name === request.vendorName && account.description === request.marker && passwordOf', 'passwordOf'),
  deleteAccount('RHIT: not found is taken as proof', "if (found === 'missing') return absence.prove(vendorName, marker, terms)", "if (found === 'missing') return { kind: 'absent', evidence: 'controlled_read' }"),
  deleteAccount('RHIT: an account is deleted by its name alone', "if (found.description !== marker) return { kind: 'absent', evidence: 'foreign_object' }", ''),
  deleteAccount('RHIT: a delete that finds nothing counts as done', 'config.notFoundStatuses)) return absence.prove(vendorName, marker, terms)', "config.notFoundStatuses)) return { kind: 'deleted' }"),
  accountAbsence('RHIT: the control is not read a second time', 'const again = await isControl(control, terms)', 'const again = true'),
  accountAbsence('RHIT: the control is not read before', 'const control = await findControl(terms)', 'const control = rhitControlNames(deploymentId)[0]'),
  accountAbsence('RHIT: a control that another proof has just made is not seen', 'if (seen !== false) return seen === true ? undefined : seen', ''),
  accountAbsence('RHIT: the account is not read between the controls', "const found = await readAccount(deps, name, terms)\n    if (found !== 'missing') {", "const found = 'missing'\n    if (found !== 'missing') {"),
  accountAbsence("RHIT: another's account vouches for an absence", 'found.description === controlMarker', 'true'),
  readAccount('RHIT: an account of another name is believed', 'account?.name === name ?', 'account !== undefined ?'),
  rhitWire('RHIT: a page of a proxy counts as not found', "answer.body.trim() === '' || decodeBody(problemBody, answer) !== undefined ||", 'true ||'),
  rhitWire('RHIT: a page of a proxy counts as deleted', "isSuccess(answer) && (answer.body.trim() === '' || decodeBody(t.unknown, answer) !== undefined)", 'isSuccess(answer)'),
  rhitClient("RHIT: the secret of another's account is shown", 'token: ours ? passwordOf(found) : undefined', 'token: passwordOf(found)'),
  rhitClient('RHIT: deletes count as immediate', "deleteConsistency: 'eventual'", "deleteConsistency: 'strong'"),
  rhitName('RHIT: two rows of a cluster share a name', "return stem + base32(Buffer.from(entropy, 'hex'))", "return stem + base32(Buffer.from(entropy.replace(/./g, '0'), 'hex'))"),

  users('Distribution: a file that is not there is proof', "if (outcome.kind === 'no_file') return { kind: 'absent_unproved' }", "if (outcome.kind === 'no_file') return { kind: 'absent', evidence: 'listing' }"),
  users('Distribution: a file that was not written counts as deleted from', "if (outcome.kind !== 'written') return outcome\n", "if (outcome.kind !== 'written') return { kind: 'deleted' }\n"),
  users('Distribution: a user is made under the marker of another', "if (names.markerIn(vendorName) !== marker) return { kind: 'name_burnt' }", ''),
  store('a file is adopted and nobody in it kept', 'renderHtpasswd({ ...content, kept }, names)', 'renderHtpasswd(content, names)'),
  store('Distribution: the file is written by whoever comes last', 'if (before.fence > shared.fence)', 'if (false)'),
  together('Distribution: two writes of one process come between each other', 'const inTurn = makeOneAfterAnother()', 'const inTurn = <A>(run: () => Promise<A>) => run()'),
  together('Distribution: who asks under another lease is written with what that one does not know', 'waiting?.shared === request.shared ? waiting : begin(request.shared)', 'waiting ?? begin(request.shared)'),
  store('Distribution: the fence is not written', 'renderHtpasswd({ fence: shared.fence,', 'renderHtpasswd({ fence: before.fence,'),
  store('Distribution: other users of the ledger are dropped', 'entries: shared.entries,', 'entries: shared.entries.filter(({ vendorName }) => requests.some(({ user }) => user?.name === vendorName)),'),
  store('Distribution: users that the ledger does not know stay', 'const own = new Map([...hashes, ...kept])', 'const own = new Map([...before.own, ...hashes])'),
  store('Distribution: users that somebody keeps are removed', 'const own = new Map([...hashes, ...kept])', 'const own = hashes'),
  store('Distribution: a kept user outlives its deletion', '&& !removed.has(name)', ''),
  store('Distribution: a user that the ledger knows again stays kept', '&& !known.has(name)', ''),
  store('Distribution: lines of others are dropped', 'kept: new Set(kept.keys()), foreign: before.foreign }', 'kept: new Set(kept.keys()), foreign: [] }'),
  store('Distribution: an unsure write counts as never sent', "const unsure: UnknownOutcome = { kind: 'unknown', problem: 'storage_failed' }", "const unsure: NotSentOutcome = { kind: 'not_sent', problem: 'storage_failed' }"),
  store('Distribution: an unsure write is followed by another under its lease', "if (replacement === 'unsure') unfinished.add(shared)", ''),
  store('Distribution: a user that was put off counts as created', 'request.user === undefined || created.has(request.user.name)', 'true'),
  text('Distribution: a broken file is written over', "if (lines.some(({ line, user }) => user === undefined && !isSkipped(line))) return E.left('malformed')", ''),
  ownNames('Distribution: users of another deployment count as ours', 'const prefix = `hyp-${deployment}-`', 'const prefix = `hyp-`'),
  replaceFile('Distribution: a change of another in the meantime is written over', 'now.status?.version !== before.found?.version', 'false'),
  place('Distribution: a link is replaced by a file', 'named?.isSymbolicLink() === true ? await followed(files, file) : file', 'file'),
  place('Distribution: a directory counts as a file', 'if (!found.isFile())', 'if (found.isFIFO())'),
  replaceFile('Distribution: the deadline is not looked at before the rename', "return isInTime() ? await rename(files, temporary, before.path) : 'too_late'", 'return rename(files, temporary, before.path)'),
  replaceFile('Distribution: every error of a rename counts as not renamed', 'if (definiteRefusals.has(errorCode(error))) throw error', 'throw error'),
  replaceFile('Distribution: the file is not on the disk when it is renamed', 'await handle.sync()', ''),
  replaceFile('Distribution: the place of the file is not on the disk when the write is answered', 'await directory.sync().finally(() => directory.close())', 'await directory.close()'),
  hashes('Distribution: a changed password is left as it is', '(await bcrypt.matches(token, existing))', 'true'),
  hashes('Distribution: the line of a user who was put off is dropped', 'made.get(vendorName) ?? existing.get(vendorName)', 'made.get(vendorName) ?? (created.has(vendorName) ? undefined : existing.get(vendorName))'),
  hashes('Distribution: a lost user is not put back', 'wasCreated && !existing.has(vendorName)', 'false && !existing.has(vendorName)'),

  path('Capabilities: the configured landing window is not heard', 'landingWindowSeconds ?? declared.landingWindowSeconds', 'declared.landingWindowSeconds'),
  path('Capabilities: a landing window of 0 s is not heard', 'landingWindowSeconds ?? declared.landingWindowSeconds', 'landingWindowSeconds || declared.landingWindowSeconds'),
  path('Capabilities: a path counts as one that repeats nothing', 'executesOnce ?? declared.executesOnce', 'executesOnce ?? true'),
]
