import type { BanBody } from '@pull-secret/wire'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { banUntilRevoked } from './ban-until-revoked.ts'

type Answer = E.Either<CommandFailure, BanBody>

const banned: BanBody = {
  cluster_id: 'cls-abc123',
  banned: true,
  reason: 'in a public log',
  banned_by: 'sre',
  banned_at: '2026-01-01T00:00:00.000Z',
  revoked: false,
  registries: { quay: { status: 'settling' } },
}
const revoked: BanBody = { ...banned, revoked: true, registries: {} }
const unbanned: BanBody = { ...banned, banned: false, reason: null, banned_by: null, banned_at: null, revoked: null }
const unavailable: CommandFailure = { code: 'SERVICE_UNAVAILABLE', exit: 'unavailable', message: 'not now' }

const waiting = async (bans: ReadonlyArray<Answer>, shows: ReadonlyArray<Answer>, timeoutSeconds = 300) => {
  let now = 0
  const asked: Array<string> = []
  const answering = (name: string, answers: ReadonlyArray<Answer>) => {
    const left = [...answers]
    return () => {
      asked.push(name)
      return Promise.resolve(left.shift() ?? E.left(unavailable))
    }
  }
  const last = await banUntilRevoked(
    {
      ban: answering('ban', bans),
      show: answering('show', shows),
      report: () => undefined,
      processContext: {
        sleep: (milliseconds) => {
          now += milliseconds
          return Promise.resolve()
        },
        monotonic: () => now,
      },
    },
    timeoutSeconds,
  )
  return { last, asked }
}

describe('waiting for the revocations of a ban', () => {
  it('ends with the first answer where nothing is left', async () => {
    expect(await waiting([E.right(revoked)], [])).to.deep.equal({ last: E.right(revoked), asked: ['ban'] })
  })

  it('looks before it asks again, and ends once everything is proved', async () => {
    const { last, asked } = await waiting([E.right(banned), E.right(banned)], [E.right(banned), E.right(revoked)])
    expect([last, asked]).to.deep.equal([E.right(revoked), ['ban', 'show', 'ban', 'show']])
  })

  it('bans nobody again whose ban was lifted, and says so', async () => {
    const { last, asked } = await waiting([E.right(banned)], [E.right(unbanned)])
    expect(asked).to.deep.equal(['ban', 'show'])
    expect(E.isLeft(last) && [last.left.exit, last.left.message]).to.deep.equal([
      'conflict',
      'somebody lifted the ban meanwhile',
    ])
  })

  it('asks again after what may pass, and gives up with the newest answer', async () => {
    const { last, asked } = await waiting([E.left(unavailable), E.right(banned)], [E.right(banned)], 4)
    expect([last, asked]).to.deep.equal([E.left(unavailable), ['ban', 'ban', 'show', 'ban']])
  })
})
