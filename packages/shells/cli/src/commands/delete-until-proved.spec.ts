import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import type { DeletionBody } from '../presenters/deletion-body.ts'
import { deleteUntilProved } from './delete-until-proved.ts'

const deleting: DeletionBody = { status: 'deleting', incarnation: 2, registries: { quay: { status: 'revoking' } } }
const unavailable: CommandFailure = { code: 'SERVICE_UNAVAILABLE', exit: 'unavailable', message: 'not now' }
const conflict: CommandFailure = { code: 'CONFLICT', exit: 'conflict', message: 'another incarnation' }

const waiting = async (answers: ReadonlyArray<E.Either<CommandFailure, DeletionBody>>, timeoutSeconds = 300) => {
  let now = 0
  let asked = 0
  const reported: Array<DeletionBody> = []
  const named: Array<number | undefined> = []
  const last = await deleteUntilProved(
    {
      remove: (incarnation) => {
        named.push(incarnation)
        return Promise.resolve(answers[Math.min(asked++, answers.length - 1)] ?? E.left(conflict))
      },
      processContext: {
        sleep: (milliseconds) => {
          now += milliseconds
          return Promise.resolve()
        },
        monotonic: () => now,
      },
      report: (deletion) => void reported.push(deletion),
    },
    timeoutSeconds,
  )
  return { last, asked, reported, named, waitedMilliseconds: now }
}

describe('waiting for a deletion', () => {
  it('ends with the proof', async () => {
    const { last, asked, reported } = await waiting([
      E.right(deleting),
      E.right(deleting),
      E.right({ status: 'deleted' }),
    ])
    expect(last).to.deep.equal(E.right({ status: 'deleted' }))
    expect(asked).to.equal(3)
    expect(reported).to.have.length(2)
  })

  it('goes on with the life that it began to delete, and with no later one', async () => {
    const { last, named } = await waiting([E.right(deleting), E.right(deleting), E.left(conflict)])
    expect([last, named]).to.deep.equal([E.right({ status: 'deleted' }), [undefined, 2, 2]])
  })

  it('survives a server that is away for a while', async () => {
    expect(
      (await waiting([E.right(deleting), E.left(unavailable), E.right({ status: 'deleted' })])).last,
    ).to.deep.equal(E.right({ status: 'deleted' }))
  })

  it('waits as long as the server asks, but not beyond its own time', async () => {
    const limited = E.left({ ...unavailable, retryAfterSeconds: 8 })
    const answers = [limited, limited, E.right<CommandFailure, DeletionBody>({ status: 'deleted' })]
    expect((await waiting(answers)).waitedMilliseconds).to.equal(16_000)
    expect(await waiting(answers, 10)).to.deep.include({ waitedMilliseconds: 10_000, asked: 3 })
  })

  it('gives the last answer when the time is over, and never waits longer', async () => {
    const { last, waitedMilliseconds } = await waiting([E.right(deleting)], 10)
    expect(last).to.deep.equal(E.right(deleting))
    expect(waitedMilliseconds).to.equal(10_000)
  })

  it('ends at once with a refusal', async () => {
    expect(await waiting([E.left(conflict)])).to.deep.include({
      last: E.left(conflict),
      asked: 1,
      waitedMilliseconds: 0,
    })
  })
})
