import { type AdoptOutcome, makeRegistries, type SharedObjects } from '@pull-secret/domain'
import { aRegistry } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { makeAdoptSharedObject } from './adopt-shared-object.ts'

const adopted: AdoptOutcome = { kind: 'adopted', kept: 3, fence: 9 }
const away = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 } as const

const adopting = (outcome: AdoptOutcome, passes: E.Either<typeof away, void> = E.right(undefined)) => {
  const steps: Array<string> = []
  const file = aRegistry('file', {
    client: {
      adoptSharedObject: ({ deadline, priority }) =>
        T.fromIO(() => {
          steps.push(`kept by ${String(deadline > 1000)}, ${priority}`)
          return outcome
        }),
    },
  })
  const adopt = makeAdoptSharedObject({
    registries: makeRegistries([file, aRegistry('quay')]),
    sharedObjects: {
      passFence: (registryId, fence) => () => {
        steps.push(`${registryId} passed ${String(fence)}`)
        return Promise.resolve(passes)
      },
    } as SharedObjects,
    clock: { now: () => 0, monotonic: () => 1000, sleep: () => T.of(undefined), alarm: () => T.of(undefined) },
  })
  return { adopt, steps }
}

describe('adopt a shared object', () => {
  it('keeps what is in it before the fence is passed', async () => {
    const { adopt, steps } = adopting(adopted)
    expect(await adopt('file')()).to.deep.equal(E.right(adopted))
    expect(steps).to.deep.equal(['kept by true, interactive', 'file passed 9'])
  })

  it('passes no fence where nothing was kept', async () => {
    const refused: AdoptOutcome = { kind: 'refused', problem: 'storage_failed', firstStep: false }
    const { adopt, steps } = adopting(refused)
    expect(await adopt('file')()).to.deep.equal(E.right(refused))
    expect(steps).to.deep.equal(['kept by true, interactive'])
  })

  it('says that the ledger is away', async () => {
    expect(await adopting(adopted, E.left(away)).adopt('file')()).to.deep.equal(E.left(away))
  })

  it('knows registries that are not there, or have no shared object', async () => {
    const { adopt } = adopting(adopted)
    expect(await TE.toUnion(adopt('other'))()).to.deep.equal({ kind: 'no_such_registry' })
    expect(await TE.toUnion(adopt('quay'))()).to.deep.equal({ kind: 'no_shared_object' })
  })
})
