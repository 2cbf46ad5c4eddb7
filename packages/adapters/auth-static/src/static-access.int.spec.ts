import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AccessPolicy, type AccessRequest, secretText, type Subject } from '@pull-secret/domain'
import { accessPolicySuite, authenticatorSuite, type Grant } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { checkTokenFile, openStaticAccess, type StaticAccess } from './index.ts'

const aToken = (subject: string, token: string, ...permissions: ReadonlyArray<string>) => ({
  subject,
  token_sha256: createHash('sha256').update(token).digest('hex'),
  permissions,
})

describe('static access', () => {
  let folder = ''
  let file = ''
  let problems: Array<string> = []
  let milliseconds = 0
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'static-access-'))
    file = join(folder, 'tokens.json')
    problems = []
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const write = (...tokens: ReadonlyArray<unknown>) => writeFileSync(file, JSON.stringify(tokens))
  const open = () => {
    const { authenticator, policy, isUsable } = openStaticAccess({
      file,
      onProblem: ({ message }) => void problems.push(message),
      monotonic: () => milliseconds,
    })
    return {
      authenticate: (token: string) => authenticator.authenticate(secretText(token))(),
      authorize: (subject: Subject, request: AccessRequest) => policy.authorize(subject, request)(),
      isUsable,
    }
  }
  const invalid = E.left({ code: 'NOT_AUTHENTICATED', reason: 'invalid' })
  const unavailable = E.left({ code: 'ACCESS_UNAVAILABLE', retryAfterSeconds: 5 })
  const allowed = E.right(undefined)
  const getPullSecret: AccessRequest = { verb: 'get', resource: 'pull-secrets', clusterId: 'cls-0000aaaa' }

  const permissionsOf = (grants: ReadonlyArray<Grant>, subject: string) =>
    grants
      .filter((grant) => grant.subject === subject)
      .map(({ verb, resource, clusterId }) =>
        [verb, resource, ...(clusterId === undefined ? [] : [clusterId])].join(' '),
      )
  const readAgain = (): void => {
    milliseconds += 1000
  }
  const outage = {
    cutOff: async () => {
      rmSync(file)
      readAgain()
    },
    close: () => Promise.resolve(),
  }
  const openOverTime = () => openStaticAccess({ file, onProblem: () => undefined, monotonic: () => milliseconds })

  authenticatorSuite((holders) => {
    const known = new Map(Object.entries(holders).map(([token, { name }]) => [token, name]))
    const save = () => write(...[...known].map(([token, subject]) => aToken(subject, token, '*')))
    save()
    const { authenticator } = openOverTime()
    return Promise.resolve({
      authenticator,
      knowsMoreThanNames: false,
      foreignToken: undefined,
      mortal: undefined,
      withdraw: async (token) => {
        known.delete(token)
        save()
        readAgain()
      },
      admit: async (token, name) => {
        known.set(token, name)
        save()
        readAgain()
      },
      reconnect: async () => save(),
      ...outage,
    })
  })

  const tokenOf = (subject: string): string => `token of ${subject}`
  /** Asks for subjects that presented their tokens; a name that has none is asked for as it is. */
  const asPresented = async (
    { authenticator, policy }: StaticAccess,
    names: Iterable<string>,
  ): Promise<AccessPolicy> => {
    const known = new Map<string, Subject>()
    for (const name of names) {
      const subject = await authenticator.authenticate(secretText(tokenOf(name)))()
      if (E.isRight(subject)) known.set(name, subject.right)
    }
    return { authorize: (subject, request) => policy.authorize(known.get(subject.name) ?? subject, request) }
  }

  accessPolicySuite(async (grants) => {
    const subjects = new Set(grants.map(({ subject }) => subject))
    const granted = [...grants]
    const save = () =>
      write(...[...subjects].map((subject) => aToken(subject, tokenOf(subject), ...permissionsOf(granted, subject))))
    save()
    return {
      policy: await asPresented(openOverTime(), subjects),
      knowsGroups: false,
      withdraw: async (subject) => {
        subjects.delete(subject)
        save()
        readAgain()
      },
      grant: async (grant) => {
        granted.push(grant)
        save()
        readAgain()
      },
      reconnect: async () => save(),
      ...outage,
    }
  })

  it('takes the hash of a token for no token', async () => {
    const one = aToken('one', 'token-1', '*')
    write(one)
    expect(await open().authenticate(one.token_sha256)).to.deep.equal(invalid)
  })

  const subjectOf = async ({ authenticate }: ReturnType<typeof open>, token: string): Promise<Subject> => {
    const subject = await authenticate(token)
    if (E.isLeft(subject)) throw new Error(subject.left.code)
    return subject.right
  }

  it('allows everything to a star', async () => {
    write(aToken('sandbox', 'token-1', '*'))
    const access = open()
    const sandbox = await subjectOf(access, 'token-1')
    expect(await access.authorize(sandbox, { verb: 'list', resource: 'jobs' })).to.deep.equal(allowed)
  })

  it('gives each token its own permissions, whatever other tokens of its subject have', async () => {
    write(
      aToken('team', 'token-all', '*'),
      aToken('team', 'token-none'),
      aToken('team', 'token-get', 'get pull-secrets'),
      aToken('team', 'token-jobs', 'create jobs'),
    )
    const access = open()
    const answers = await Promise.all(
      ['token-all', 'token-none', 'token-get', 'token-jobs'].map(async (token) => {
        const subject = await subjectOf(access, token)
        expect(subject).to.deep.equal({ name: 'team' })
        return E.isRight(await access.authorize(subject, getPullSecret))
      }),
    )
    expect(answers).to.deep.equal([true, false, true, false])
  })

  it('allows nothing to a name that presented no token', async () => {
    write(aToken('team', 'token-1', '*'))
    expect(E.isLeft(await open().authorize({ name: 'team' }, getPullSecret))).to.equal(true)
  })

  it('accepts a file that begins with a byte order mark', () => {
    writeFileSync(file, `\uFEFF${JSON.stringify([aToken('one', 'token-1', '*')])}`)
    expect(checkTokenFile(file)).to.deep.equal(E.right(undefined))
  })

  it('says of an unusable file which entry breaks which rule', () => {
    expect(checkTokenFile(file)).to.deep.equal(E.left({ file, message: `${file}: does not exist` }))
    write(aToken('one', 'token-1', '*'), { ...aToken('two', 'token-2'), permissions: ['read everything'] })
    expect(checkTokenFile(file)).to.deep.equal(
      E.left({ file, message: `${file}: 1.permissions.0 must be *, "VERB RESOURCE" or "VERB RESOURCE CLUSTER_ID"` }),
    )
  })

  it('follows a change of the file within a second', async () => {
    write(aToken('one', 'token-1', '*'))
    const access = open()
    const { authenticate, authorize } = access
    const one = await subjectOf(access, 'token-1')
    milliseconds += 500
    expect(await authenticate('token-1')).to.deep.equal(E.right({ name: 'one' }))
    write(aToken('two', 'token-2', '*'))
    milliseconds += 500
    expect(await authenticate('token-1')).to.deep.equal(invalid)
    expect(await authenticate('token-2')).to.deep.equal(E.right({ name: 'two' }))
    expect(await authorize(one, getPullSecret)).to.have.property('_tag', 'Left')
  })

  it('neither allows nor refuses while the file cannot be used, and says why once', async () => {
    write(aToken('one', 'token-1', '*'))
    const access = open()
    const { authenticate, authorize, isUsable } = access
    const one = await subjectOf(access, 'token-1')
    expect(isUsable()).to.equal(true)
    milliseconds += 1000
    writeFileSync(file, '[{"subject":"one"}]')
    expect(await authenticate('token-1')).to.deep.equal(unavailable)
    rmSync(file)
    expect(await authenticate('token-1')).to.deep.equal(unavailable)
    expect(await authorize(one, getPullSecret)).to.deep.equal(unavailable)
    expect(isUsable()).to.equal(false)
    expect(problems).to.have.length(2)
    expect(problems[0]).to.include('0.token_sha256 is required')
    expect(problems[1]).to.equal(`${file}: does not exist`)
    write(aToken('one', 'token-1', '*'))
    expect(await authenticate('token-1')).to.deep.equal(E.right({ name: 'one' }))
    expect(isUsable()).to.equal(true)
  })
})
