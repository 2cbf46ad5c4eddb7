import type {
  AccessCheck,
  CallPriority,
  CallTerms,
  CreateOutcome,
  DeleteOutcome,
  RegistryClient,
  Validation,
} from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import {
  makeInMemoryClock,
  makeInMemoryIds,
  makeInMemoryRegistryClient,
  makeInMemoryVendor,
  quayLike,
} from '@pull-secret/in-memory'
import { expect } from 'chai'
import { breakingClient } from './breaking-client.ts'

const lost = { kind: 'unknown', problem: 'connection_lost' } as const
const busy = { kind: 'refused', problem: 'throttled', firstStep: true } as const
const object = { vendorName: 'one', marker: 'ours', terms: until(Infinity) }

describe('a client with a circuit', () => {
  const setUp = () => {
    let time = 0
    const calls: Array<string> = []
    const changes: Array<boolean> = []
    const probedAs: Array<CallPriority> = []
    const answers: { create: CreateOutcome; remove: DeleteOutcome; check: AccessCheck; login: Validation } = {
      create: lost,
      remove: lost,
      check: { kind: 'failing', problem: 'server_error' },
      login: { kind: 'valid' },
    }
    const honest = makeInMemoryRegistryClient({
      vendor: makeInMemoryVendor(quayLike),
      clock: makeInMemoryClock(),
      ids: makeInMemoryIds(),
    })
    const called =
      <A>(name: string, answer: () => A) =>
      () =>
      () => {
        calls.push(name)
        return Promise.resolve(answer())
      }
    const vendor: RegistryClient = {
      ...honest,
      createCredential: called('create', () => answers.create),
      deleteCredential: called('delete', () => answers.remove),
      validateCredential: called('validate', () => answers.login),
      checkAccess: ({ priority }: CallTerms) => {
        probedAs.push(priority)
        return called('check', () => answers.check)()
      },
    }
    const client = breakingClient(vendor, {
      clock: { monotonic: () => time },
      onChange: (isOpen) => {
        changes.push(isOpen)
      },
    })
    const create = () => client.createCredential(object)()
    const fail = async (times: number) => {
      for (let count = 0; count < times; count += 1) await create()
      calls.splice(0)
    }
    return {
      client,
      calls,
      changes,
      probedAs,
      answers,
      create,
      remove: () => client.deleteCredential(object)(),
      fail,
      pass: (milliseconds: number) => {
        time += milliseconds
      },
    }
  }
  const stopped = (retryAfterSeconds: number) => ({ kind: 'not_sent', problem: 'circuit_open', retryAfterSeconds })

  it('sends on while some calls fail, and whatever a vendor answers', async () => {
    const { fail, create, calls, answers, changes } = setUp()
    await fail(4)
    answers.create = busy
    await fail(20)
    expect(await create()).to.equal(busy)
    answers.create = lost
    await fail(4)
    await create()
    expect([calls, changes]).to.deep.equal([['create'], [true]])
  })

  it('sends nothing after five failures of ten calls, and says when it will', async () => {
    const { fail, create, remove, client, calls, changes, pass } = setUp()
    await fail(5)
    pass(2500)
    expect(await create()).to.deep.equal(stopped(8))
    expect(await remove()).to.deep.equal(stopped(8))
    expect(await client.getCredential(object)()).to.deep.equal(stopped(8))
    expect(await client.listCredentials?.(until(Infinity))()).to.deep.equal(stopped(8))
    expect(
      await client.validateCredential({
        username: 'one',
        token: { reveal: () => '' } as never,
        terms: until(Infinity),
      })(),
    ).to.deep.equal({ kind: 'indeterminate', problem: 'circuit_open' })
    expect([calls, changes]).to.deep.equal([[], [true]])
  })

  it('does not count failing logins, which may go to another host', async () => {
    const { client, create, answers, changes } = setUp()
    answers.create = { kind: 'refused', problem: 'quota', firstStep: true }
    answers.login = { kind: 'indeterminate', problem: 'unreachable' }
    for (let count = 0; count < 20; count += 1)
      await client.validateCredential({
        username: 'one',
        token: { reveal: () => '' } as never,
        terms: until(Infinity),
      })()
    expect([(await create()).kind, changes]).to.deep.equal(['refused', []])
  })

  it('does not count what is nobody’s failure but ours', async () => {
    const { fail, create, calls, answers } = setUp()
    answers.create = { kind: 'not_sent', problem: 'budget_spent', retryAfterSeconds: 1 }
    await fail(20)
    await create()
    expect(calls).to.deep.equal(['create'])
  })

  it('asks as the most urgent who may wait for the answer, whoever comes first', async () => {
    const { client, fail, remove, probedAs, answers, pass } = setUp()
    await fail(5)
    pass(10_000)
    answers.check = { kind: 'working' }
    await Promise.all([client.getCredential({ ...object, terms: { deadline: 1, priority: 'drift' } })(), remove()])
    expect(probedAs).to.deep.equal(['urgent_revocation'])
  })

  it('asks once for all who wait whether the vendor is back, and sends what they want then', async () => {
    const { fail, create, calls, changes, answers, pass } = setUp()
    await fail(5)
    pass(10_000)
    answers.check = { kind: 'working' }
    await Promise.all([create(), create(), create()])
    expect([calls, changes]).to.deep.equal([
      ['check', 'create', 'create', 'create'],
      [true, false],
    ])
  })

  it('goes on where the vendor answers with a refusal, so that callers are told that', async () => {
    const { fail, create, calls, answers, pass } = setUp()
    await fail(5)
    pass(10_000)
    answers.check = { kind: 'failing', problem: 'administrator_refused' }
    await create()
    expect(calls).to.deep.equal(['check', 'create'])
  })

  it('learns nothing from a check that was not sent', async () => {
    const { fail, create, calls, answers, pass } = setUp()
    await fail(5)
    pass(10_000)
    answers.check = { kind: 'failing', problem: 'budget_spent' }
    expect(await create()).to.deep.equal(stopped(1))
    expect(calls).to.deep.equal(['check'])
  })

  it('stays open for twice as long each time that the vendor is not back, a minute at most', async () => {
    const { fail, create, calls, pass } = setUp()
    await fail(5)
    pass(10_000)
    const waits: Array<unknown> = []
    for (let times = 0; times < 4; times += 1) {
      const outcome = await create()
      const wait = 'retryAfterSeconds' in outcome ? (outcome.retryAfterSeconds ?? 0) : 0
      waits.push(wait)
      pass(wait * 1000)
    }
    expect(waits).to.deep.equal([20, 40, 60, 60])
    expect(calls).to.deep.equal(['check', 'check', 'check', 'check'])
  })

  it('lets one revocation through each minute, whatever the check shows', async () => {
    const { fail, remove, calls, answers, changes, pass } = setUp()
    await fail(5)
    pass(60_000)
    await remove()
    expect(calls).to.deep.equal(['delete'])
    pass(30_000)
    await remove()
    expect(calls.filter((call) => call === 'delete')).to.have.length(1)
    pass(30_000)
    answers.remove = { kind: 'deleted' }
    expect(await remove()).to.deep.equal({ kind: 'deleted' })
    expect(changes).to.deep.equal([true, false])
  })

  it('never holds the check of the access back, and believes it', async () => {
    const { fail, client, create, calls, answers } = setUp()
    await fail(5)
    answers.check = { kind: 'working' }
    expect(await client.checkAccess(until(Infinity))()).to.deep.equal({ kind: 'working' })
    await create()
    expect(calls).to.deep.equal(['check', 'create'])
  })

  it('learns nothing from calls that were under way when it opened', async () => {
    const { fail, create, client, pass } = setUp()
    await fail(5)
    await client.checkAccess(until(Infinity))()
    pass(9500)
    expect(await create()).to.deep.equal(stopped(1))
  })
})
