// Here and not beside a source file because it plays the whole wired service.
import { quayIoLimit } from '@pull-secret/registry-simulators'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { ServerRoot } from '../src/server.ts'
import { cause, openStage, right, type Stage } from './stage.ts'

/** Three replicas on one database, and Quay with the limit of quay.io, of which all of it but a rest is ours. */
describe('many clusters at once, at a vendor with a limit', () => {
  let stage: Stage
  afterEach(async () => {
    await stage.close()
  })

  const clusters = 40
  const idOf = (index: number): string => `cls-burst${String(index).padStart(3, '0')}`
  const generate = ({ useCases }: ServerRoot, clusterId: string) => useCases.generate({ clusterId, cause })()
  const quayCalls = () => Object.values(stage.quay.stats()).reduce((sum, { received }) => sum + received, 0)

  /** Lets recovery finish, in every replica, what nobody waits for any more. */
  const finish = async (roots: ReadonlyArray<ServerRoot>, isDone: () => Promise<boolean>): Promise<void> => {
    while (!(await isDone())) {
      await Promise.all(roots.map(({ useCases }) => right(useCases.recover(cause))))
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }

  it('are created with two calls each, none of them turned away', async () => {
    stage = await openStage({
      callSeconds: 5,
      leaseSeconds: 30,
      quayLimit: { api: quayIoLimit, budget: { perMinute: 290, burst: 20 } },
    })
    const roots = [stage.root, await stage.openReplica(), await stage.openReplica()]
    await right(stage.root.useCases.generate({ clusterId: 'cls-first0', cause }))
    const before = quayCalls()
    const answers = await Promise.all(
      Array.from({ length: clusters }, (_, index) => generate(roots[index % 3] ?? stage.root, idOf(index))),
    )
    for (const answer of answers) if (E.isLeft(answer)) expect(answer.left.code).to.equal('REGISTRIES_NOT_READY')
    await finish(roots, async () => {
      const found = await Promise.all(
        Array.from({ length: clusters }, (_, index) => stage.root.useCases.retrieve(idOf(index))()),
      )
      return found.every(E.isRight)
    })
    expect(stage.quay.turnedAway()).to.equal(0)
    expect((quayCalls() - before) / clusters).to.be.at.most(2.2)
  })
})
