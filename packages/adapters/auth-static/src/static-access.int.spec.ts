import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AccessRequest, secretText } from '@pull-secret/domain'
import { accessPolicySuite, authenticatorSuite, type Grant } from '@pull-secret/port-contracts'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { openStaticAccess } from './index.ts'

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
    const { authenticator, policy } = openStaticAccess({
      file,
      onProblem: ({ message }) => void problems.push(message),
      monotonic: () => milliseconds,
    })
    return {
      authenticate: (token: string) => authenticator.authenticate(secretText(token))(),
      authorize: (name: string, request: AccessRequest) => policy.authorize({ name }, request)(),
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
    const known = new Map(Object.entries(holders))
    const save = () => write(...[...known].map(([token, subject]) => aToken(subject, token, '*')))
    save()
    const { authenticator } = openOverTime()
    return Promise.resolve({
      authenticator,
      withdraw: async (token) => {
        known.delete(token)
        save()
        readAgain()
      },
      reconnect: async () => save(),
      ...outage,
    })
  })

  accessPolicySuite((grants) => {
    const subjects = new Set(grants.map(({ subject }) => subject))
    const save = () =>
      write(
        ...[...subjects].map((subject) => aToken(subject, `token of ${subject}`, ...permissionsOf(grants, subject))),
      )
    save()
    const { policy } = openOverTime()
    return Promise.resolve({
      policy,
      withdraw: async (subject) => {
        subjects.delete(subject)
        save()
        readAgain()
      },
      reconnect: async () => save(),
      ...outage,
    })
  })

  it('takes the hash of a token for no token', async () => {
    const one = aToken('one', 'token-1', '*')
    write(one)
    expect(await open().authenticate(one.token_sha256)).to.deep.equal(invalid)
  })

  it('allows everything to a star', async () => {
    write(aToken('sandbox', 'token-1', '*'))
    expect(await open().authorize('sandbox', { verb: 'list', resource: 'jobs' })).to.deep.equal(allowed)
  })

  it('follows a change of the file within a second', async () => {
    write(aToken('one', 'token-1', '*'))
    const { authenticate, authorize } = open()
    expect(await authenticate('token-1')).to.deep.equal(E.right({ name: 'one' }))
    milliseconds += 500
    expect(await authenticate('token-1')).to.deep.equal(E.right({ name: 'one' }))
    write(aToken('two', 'token-2', '*'))
    milliseconds += 500
    expect(await authenticate('token-1')).to.deep.equal(invalid)
    expect(await authenticate('token-2')).to.deep.equal(E.right({ name: 'two' }))
    expect(await authorize('one', getPullSecret)).to.have.property('_tag', 'Left')
  })

  it('neither allows nor refuses while the file cannot be used, and says why', async () => {
    write(aToken('one', 'token-1', '*'))
    const { authenticate, authorize } = open()
    await authenticate('token-1')
    milliseconds += 1000
    writeFileSync(file, '[{"subject":"one"}]')
    expect(await authenticate('token-1')).to.deep.equal(unavailable)
    rmSync(file)
    expect(await authenticate('token-1')).to.deep.equal(unavailable)
    expect(await authorize('one', getPullSecret)).to.deep.equal(unavailable)
    expect(problems[0]).to.include('0.token_sha256 is required')
    expect(problems[1]).to.equal(`${file}: cannot be read (ENOENT)`)
    write(aToken('one', 'token-1', '*'))
    expect(await authenticate('token-1')).to.deep.equal(E.right({ name: 'one' }))
  })
})
