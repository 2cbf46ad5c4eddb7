import type { ReadOutcome } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import { type GuardedCalls, guardedClient } from './guarded-client.ts'

const object = { vendorName: 'one', marker: 'ours' }

/** Operations that each note that they were called, and then do the same. */
const setUp = (act: () => void = () => undefined) => {
  const called: Array<string> = []
  const note = (operation: string): void => {
    called.push(operation)
    act()
  }
  const calls: GuardedCalls = {
    create: async () => (note('create'), { kind: 'name_burnt' }),
    read: async () => (note('read'), { kind: 'absent', controlled: true }),
    remove: async () => (note('remove'), { kind: 'deleted' }),
    list: async () => (note('list'), { kind: 'listed', credentials: [] }),
    check: async () => (note('check'), { kind: 'working' }),
  }
  return { called, calls }
}

const throwing = () =>
  setUp(() => {
    throw new Error('canary')
  }).calls

const clock = { monotonic: () => 1000 }

const outcomesOf = async (client: ReturnType<typeof guardedClient>, deadline: number) => [
  await client.createCredential({ ...object, terms: until(deadline) })(),
  await client.getCredential({ ...object, terms: until(deadline) })(),
  await client.deleteCredential({ ...object, terms: until(deadline) })(),
  await client.listCredentials?.(until(deadline))(),
  await client.checkAccess(until(deadline))(),
]

describe('a guarded client', () => {
  it('gives what the operations give, up to their deadline', async () => {
    const { calls, called } = setUp()
    expect(await outcomesOf(guardedClient(calls, { clock }), 1000)).to.deep.equal([
      { kind: 'name_burnt' },
      { kind: 'absent', controlled: true },
      { kind: 'deleted' },
      { kind: 'listed', credentials: [] },
      { kind: 'working' },
    ])
    expect(called).to.deep.equal(['create', 'read', 'remove', 'list', 'check'])
  })

  it('begins no operation after its deadline', async () => {
    const { calls, called } = setUp()
    const late = { kind: 'not_sent', problem: 'deadline_passed' }
    expect(await outcomesOf(guardedClient(calls, { clock }), 999)).to.deep.equal([
      late,
      late,
      late,
      late,
      { kind: 'failing', problem: 'deadline_passed' },
    ])
    expect(called).to.deep.equal([])
  })

  it('looks at the clock when an operation is run, not when it is made', async () => {
    let now = 0
    const create = guardedClient(setUp().calls, { clock: { monotonic: () => now } }).createCredential({
      ...object,
      terms: until(1000),
    })
    now = 1001
    expect(await create()).to.deep.equal({ kind: 'not_sent', problem: 'deadline_passed' })
  })

  it('knows nothing about an operation that throws, and tells nothing of what it threw', async () => {
    const unknown = { kind: 'unknown', problem: 'server_error' }
    expect(await outcomesOf(guardedClient(throwing(), { clock }), 1000)).to.deep.equal([
      unknown,
      unknown,
      unknown,
      unknown,
      { kind: 'failing', problem: 'server_error' },
    ])
  })

  it('takes the word of an adapter that knows what a thrown error means', async () => {
    const failureOfThrown = (error: unknown): ReadOutcome & { kind: 'not_sent' } => {
      expect(error).to.have.property('message', 'canary')
      return { kind: 'not_sent', problem: 'storage_failed' }
    }
    const client = guardedClient(throwing(), { clock, failureOfThrown })
    expect(await client.getCredential({ ...object, terms: until(1000) })()).to.deep.equal({
      kind: 'not_sent',
      problem: 'storage_failed',
    })
    expect(await client.checkAccess(until(1000))()).to.deep.equal({ kind: 'failing', problem: 'storage_failed' })
  })

  it('cannot list where the vendor cannot', () => {
    const { calls } = setUp()
    expect(guardedClient({ ...calls, list: undefined }, { clock }).listCredentials).to.equal(undefined)
  })
})
