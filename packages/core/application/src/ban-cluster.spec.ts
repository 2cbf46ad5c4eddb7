import type { BanReport, CredentialLedger, Failure } from '@pull-secret/domain'
import { aCause } from '@pull-secret/domain/testing'
import { quayLike } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { makeWorld } from '../test/world.ts'

const cause = aCause()
const clusterId = 'cls-abc123'
const command = { clusterId, reason: 'found in a public log', cause }

const unavailable: Failure<'LEDGER_UNAVAILABLE'> = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 1 }

const done = async <A>(work: TE.TaskEither<{ readonly code: string }, A>): Promise<A> => {
  const result = await work()
  if (E.isLeft(result)) throw new Error(result.left.code)
  return result.right
}

const statuses = ({ revocations }: BanReport) => revocations.map(({ registryId, status }) => [registryId, status])

describe('ban cluster', () => {
  it('revokes everything at once, refuses both kinds of reader, and says who banned it', async () => {
    const world = makeWorld()
    await done(world.generate({ clusterId, cause }))
    const report = await done(world.ban(command))
    expect([report.ban?.reason, report.ban?.bannedBy]).to.deep.equal([command.reason, cause.subject])
    expect(Object.values(world.vendors).map((vendor) => vendor.credentials.size)).to.deep.equal([0, 0])
    const refused = { code: 'CLUSTER_BANNED', reason: command.reason }
    const generated = await world.generate({ clusterId, cause })()
    expect(E.isLeft(generated) && generated.left).to.include(refused)
    const retrieved = await world.retrieve(clusterId)()
    expect(E.isLeft(retrieved) && retrieved.left).to.include(refused)
    const verified = await world.verify(clusterId, { whole: 'f'.repeat(64) })()
    expect(E.isLeft(verified) && verified.left).to.include(refused)
  })

  it('goes on until everything is proved, and reads how far it is', async () => {
    const world = makeWorld()
    await done(world.generate({ clusterId, cause }))
    expect(statuses(await done(world.ban(command)))).to.have.deep.members([
      ['quay', 'settling'],
      ['rhit', 'settling'],
    ])
    world.advance(3_600_000)
    await done(world.recover(cause))
    world.advance(3_600_000)
    await done(world.recover(cause))
    const report = await done(world.readBan(clusterId))
    expect([report.ban?.state, statuses(report)]).to.deep.equal(['standing', []])
  })

  it('is lifted without anything being resumed until somebody asks for a pull secret', async () => {
    const world = makeWorld()
    await done(world.generate({ clusterId, cause }))
    await done(world.ban(command))
    expect((await done(world.unban(clusterId, cause))).ban).to.equal(undefined)
    world.advance(3_600_000)
    await done(world.recover(cause))
    const gone = await world.retrieve(clusterId)()
    expect(E.isLeft(gone) && gone.left.code).to.equal('PULL_SECRET_NOT_FOUND')
    const { credentials } = await done(world.generate({ clusterId, cause }))
    expect(credentials.map(({ generation }) => generation)).to.deep.equal([2, 2])
  })

  it('bans no second time what is unbanned while its deletions go on', async () => {
    const world = makeWorld([
      {
        id: 'quay',
        behaviour: quayLike,
        through: (client) => ({ ...client, deleteCredential: () => T.of({ kind: 'absent_unproved' }) }),
      },
    ])
    await done(world.generate({ clusterId, cause }))
    world.advance(3_600_000)
    let rounds = 0
    const ledger: CredentialLedger = {
      ...world.ledger,
      change: (id, decide) =>
        pipe(
          (rounds += 1) === 2 ? world.unban(id, cause) : TE.right(undefined),
          TE.mapLeft(() => unavailable),
          TE.flatMap(() => world.ledger.change(id, decide)),
        ),
    }
    const report = await done(world.over(ledger).ban(command))
    expect(rounds).to.be.at.least(2)
    expect([report.ban, statuses(report)]).to.deep.equal([undefined, [['quay', 'revoking']]])
  })
})
