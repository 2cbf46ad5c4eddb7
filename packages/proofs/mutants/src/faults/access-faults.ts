import { at, type ProtocolMutant } from '../protocol-mutant.ts'

const authenticator = at('packages/adapters/auth-kubernetes/src/kubernetes-authenticator.ts')
const policy = at('packages/adapters/auth-kubernetes/src/kubernetes-policy.ts')
const wire = at('packages/adapters/auth-kubernetes/src/reviews-wire.ts')
const cache = at('packages/adapters/auth-kubernetes/src/verdict-cache.ts')
const client = at('packages/adapters/auth-kubernetes/src/review-client.ts')
const places = at('packages/adapters/auth-kubernetes/src/review-places.ts')
const shared = at('packages/adapters/auth-kubernetes/src/shared-attempt.ts')
const kubeconfig = at('packages/adapters/auth-kubernetes/src/kubeconfig.ts')
const inCluster = at('packages/adapters/auth-kubernetes/src/in-cluster.ts')
const tokens = at('packages/adapters/auth-static/src/static-access.ts')
const identify = at('packages/shells/server/src/identify-caller.ts')
const limitTable = at('packages/shells/server/src/limits/limit-table.ts')
const quotas = at('packages/shells/server/src/limits/quotas.ts')
const admission = at('packages/shells/server/src/admission.ts')

/** Faults in what says who calls and what a caller may do. */
// prettier-ignore
export const accessFaults: ReadonlyArray<ProtocolMutant> = [
  authenticator('Kubernetes: a token that was let in for one audience is let in for every one', 'verdicts.get([text, audiences],', 'verdicts.get([text],'),
  authenticator('Kubernetes: a token is let in beyond its own expiry', 'keepMilliseconds: Math.min(allowMilliseconds, left)', 'keepMilliseconds: allowMilliseconds'),
  authenticator('Kubernetes: a refused token is refused as long as another is let in', 'keepMilliseconds: denyMilliseconds', 'keepMilliseconds: allowMilliseconds'),
  authenticator('Kubernetes: an answer that is no TokenReview counts as a refusal', 'return E.left(unavailable)', 'return E.right(refusedTo(undefined))'),
  authenticator('Kubernetes: a name that a refused token states is noted as proven', '{ name, isProven: false }', '{ name, isProven: true }'),
  policy('Kubernetes: a right is asked for without the name of the cluster', 'subresource: resource, verb, name: clusterId }', 'subresource: resource, verb }'),
  policy('Kubernetes: a right to what a cluster has is asked for as a right to the cluster', "resource: 'clusters', subresource: resource, verb, name: clusterId }", "resource: 'clusters', verb, name: clusterId }"),
  policy('Kubernetes: no review for a caller that is known', 'cache.get([review],', 'cache.get([subject],'),
  policy('Kubernetes: a denied right is denied as long as another is allowed', 'keepMilliseconds: denyMilliseconds', 'keepMilliseconds: allowMilliseconds'),
  policy('Kubernetes: an answer that is no SubjectAccessReview counts as a denial', 'onUndecided(found)\n        return E.left(unavailable)', 'onUndecided(found)\n        return E.right({ value: false, keepMilliseconds: denyMilliseconds })'),
  wire('Kubernetes: the groups of a token are dropped', 'groups: groups ?? []', 'groups: []'),
  wire('Kubernetes: a right is asked for without the groups of the caller', 'user: name, groups, uid, extra }', 'user: name, uid, extra }'),
  wire('Kubernetes: an authorizer that failed has denied', "return denied !== true && evaluationError !== '' ? 'undecided' : 'denied'", "return 'denied'"),
  wire('Kubernetes: an answer for no audience of ours counts', "if (asked.length > 0 && !asked.some((audience) => audiences?.includes(audience))) return { kind: 'for others', name }", ''),
  wire('Kubernetes: audiences are not asked for', 'audiences.length === 0 ? {} : { audiences }', '{}'),
  wire('Kubernetes: whoever has a name counts as authenticated', 'if (authenticated !== true)', 'if (authenticated === false)'),
  cache('Kubernetes: a failure is given again', 'askOnce(key, ask).finally(() => asking.delete(key))', 'askOnce(key, ask).then((told) => (E.isRight(told) && asking.delete(key), told))'),
  cache('Kubernetes: questions are joined without a separator', 'JSON.stringify(question)', String.raw`JSON.stringify(question).replaceAll(/"\w+":|["{}[\],]/g, '')`),
  cache('Kubernetes: a verdict counts from its answer', 'until: askedAt + keepMilliseconds', 'until: monotonic() + keepMilliseconds'),
  cache('Kubernetes: a verdict counts forever', 'kept !== undefined && monotonic() < kept.until', 'kept !== undefined'),
  cache('Kubernetes: a burst of one token makes as many reviews', 'if (underWay !== undefined) return underWay', ''),
  cache('Kubernetes: new tokens take the places of known callers', "allowing.has(key) ? 'known' : 'new'", "'known'"),
  policy('Kubernetes: a known caller that asks about another cluster waits with new tokens', "review, 'known')", "review, 'new')"),
  places('Kubernetes: nothing bounds the reviews under way', 'lane.free -= 1', ''),
  places('Kubernetes: nothing bounds the reviews that wait', 'lane.waiting.size >= sizes[name].waiting', 'false'),
  places('Kubernetes: who gave up waiting is given a place', 'waiting.delete(begin)\n', '\n'),
  client('Kubernetes: a place is not given back', 'give?.()', ''),
  shared('Kubernetes: an exec plugin that hangs is waited for forever', 'underWay === undefined || isHanging ?', 'underWay === undefined ?'),
  kubeconfig('Kubernetes: a token file of a kubeconfig is ignored', 'token === undefined ? authorizationOf(identity.options) : `Bearer ${token()}`', 'authorizationOf(identity.options)'),
  inCluster('Kubernetes: a new token of our own account is not read', 'const token = makeFollowedFile(tokenFile, monotonic)', 'const token = makeFollowedFile(tokenFile, () => 0)'),

  tokens('Static access: a permission for one cluster counts for all', '(clusterId !== undefined && permissions.includes(`${verb} ${resource} ${clusterId}`))', 'permissions.some((permission) => permission.startsWith(`${verb} ${resource}`))'),
  tokens('Static access: nobody is let in while the file cannot be used, and nobody told why', "return E.left({ code: 'ACCESS_UNAVAILABLE', retryAfterSeconds })", 'return E.right([])'),
  tokens('Static access: a permission of one token counts for another of its subject', 'token_sha256 === presented)', 'token_sha256 === presented || subject.name.length > 0)'),

  admission('Admission: a right is asked for without the cluster', 'concernsCluster ? { ...permission, clusterId } : permission', 'permission'),
  admission('Admission: whoever is known may do everything', 'TE.flatMap(() => authorized(subject, call)),', ''),
  admission('Admission: a forbidden request is not noted', "code === 'NOT_ALLOWED' ? noteRefused(call, { name: subject.name, isProven: true }) : doNothing", 'doNothing'),
  admission('Admission: a refused caller is not noted', 'isKnownCaller(error) ? noteRefused(call, error.caller) : doNothing', 'doNothing'),
  identify('Admission: what cannot be a token is asked about', "return token === undefined ? E.left({ code: 'NOT_AUTHENTICATED', reason: 'invalid' }) : E.right(secretText(token))", 'return E.right(secretText(token ?? authorization))'),
  identify('Admission: whoever shares an address with a guesser is kept out', 'isKnown ? 0 : 1', '1'),
  identify('Admission: a guess costs its address nothing', 'isKnown ? 0 : 1', '0'),
  identify('Admission: a token that was good once is never forgotten', "else if (caller.left.code === 'NOT_AUTHENTICATED') knownTokens.forget(token)", ''),
  limitTable('Limits: to be forgotten is a way to a fresh bucket', 'kept.delete(oldest)\n    return buckets', 'kept.delete(oldest)\n    return undefined'),
  quotas('Limits: a refused request takes from the other buckets', 'isGranted ? bucket : untouched', 'bucket'),
]
