import type { JobRunBody } from '@pull-secret/wire'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { runToItsEnd } from './run-to-its-end.ts'

const run = (rows: number, finished: boolean): E.Either<CommandFailure, JobRunBody> =>
  E.right({ job: 'recovery', finished, summary: { rows, failed: 1 } })

const playing = async (...answers: ReadonlyArray<E.Either<CommandFailure, JobRunBody>>) => {
  const left = [...answers]
  const rows: Array<unknown> = []
  const result = await runToItsEnd(
    () => Promise.resolve(left.shift() ?? run(0, true)),
    ({ summary }) => {
      rows.push(summary['rows'])
    },
  )
  return { result, rows, left }
}

describe('a job that is run to its end', () => {
  it('goes on until nothing is due, and counts everything together', async () => {
    const { result, rows, left } = await playing(run(20, false), run(20, false), run(3, true), run(9, true))
    expect(result).to.deep.equal(E.right({ job: 'recovery', finished: true, summary: { rows: 43, failed: 3 } }))
    expect([rows, left]).to.deep.equal([[20, 40, 43], [run(9, true)]])
  })

  it('ends with the first failure', async () => {
    const failure = E.left<CommandFailure>({ exit: 'unavailable', message: 'gone' } as CommandFailure)
    expect((await playing(run(20, false), failure, run(1, true))).result).to.equal(failure)
  })
})
