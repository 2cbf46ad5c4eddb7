import { beatSeconds, type ReplicaFacts } from '@pull-secret/domain'
import { makeInMemoryLedger, makeLedgerTables } from '@pull-secret/in-memory'
import { expect } from 'chai'
import { makePresence } from './presence.ts'

describe('the presence of a process', () => {
  const noBug = (error: unknown): void => {
    throw error
  }
  const facts: ReplicaFacts = { id: 'one', component: 'spec', host: 'here', version: '1.0.0', keyIds: [] }

  it('is told from the beginning to the end', async () => {
    const tables = makeLedgerTables()
    const { replicas } = makeInMemoryLedger({ tables, clock: { now: () => 1000 } })
    const presence = makePresence({ replicas, facts: () => facts, onBug: noBug })
    expect(tables.replicas.size).to.equal(0)
    await presence.begin()
    expect([...tables.replicas.values()]).to.deep.equal([{ ...facts, protocol: 1, startedAt: 1000, seenAt: 1000 }])
    await presence.end()
    expect(tables.replicas.size).to.equal(0)
  })

  it('says nothing of a process that never began', async () => {
    const told: Array<string> = []
    const note = (id: string) => () => Promise.resolve({ _tag: 'Right' as const, right: void told.push(id) })
    const replicas = { beat: ({ id }: ReplicaFacts) => note(`beat ${id}`), leave: (id: string) => note(`leave ${id}`) }
    await makePresence({ replicas, facts: () => facts, onBug: noBug }).end()
    expect(told).to.deep.equal([])
  })

  it('survives a beat that fails unexpectedly, and says so', async () => {
    const bugs: Array<unknown> = []
    const bug = new Error('a bug')
    const presence = makePresence({
      replicas: { beat: () => () => Promise.reject(bug), leave: () => () => Promise.reject(bug) },
      facts: () => facts,
      onBug: (error) => bugs.push(error),
    })
    await presence.begin()
    await presence.end()
    expect(bugs).to.deep.equal([bug, bug])
  })

  it('is told again and again, with what is true by then, and leaves after the last beat', async () => {
    const told: Array<string> = []
    const tick: Array<() => void> = []
    const original = globalThis.setInterval
    const replicas = {
      beat:
        ({ keyIds }: ReplicaFacts) =>
        async () => {
          await Promise.resolve()
          told.push(`beat ${keyIds.join()}`)
          return { _tag: 'Right' as const, right: undefined }
        },
      leave: (id: string) => () => Promise.resolve({ _tag: 'Right' as const, right: void told.push(`leave ${id}`) }),
    }
    const intervals: Array<number> = []
    let keyIds = ['first']
    const presence = makePresence({ replicas, facts: () => ({ ...facts, keyIds }), onBug: noBug })
    globalThis.setInterval = ((handler: () => void, milliseconds: number) => {
      tick.push(handler)
      intervals.push(milliseconds)
      return original(() => undefined, 1_000_000)
    }) as typeof setInterval
    try {
      await presence.begin()
    } finally {
      globalThis.setInterval = original
    }
    keyIds = ['first', 'second']
    tick[0]?.()
    await presence.end()
    expect([intervals, told]).to.deep.equal([[beatSeconds * 1000], ['beat first', 'beat first,second', 'leave one']])
  })
})
