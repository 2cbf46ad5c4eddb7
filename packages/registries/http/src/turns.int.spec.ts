import { type CallBudget, type CallPriority, type NoTurn, secretText } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { makeLoginCheck } from './login-check.ts'
import { useHttpWorld } from './testing/http-world.ts'
import { answer, type Script } from './testing/scripted-server.ts'

const spent: NoTurn = { problem: 'budget_spent', retryAfterSeconds: 17 }

/** Gives the first so many turns, and refuses all others. */
const turnsFor = (count: number, refusal: NoTurn = spent) => {
  const asked: Array<readonly [CallPriority, number]> = []
  const turns: CallBudget = {
    turn: (priority, deadline) => () => {
      asked.push([priority, deadline])
      return Promise.resolve(asked.length > count ? E.left(refusal) : E.right(undefined))
    },
  }
  return { asked, turns }
}

describe('the turns of the HTTP client of registries', () => {
  const world = useHttpWorld()

  it('are asked before each request, with what it is for and its deadline', async () => {
    const server = await world.serve(answer(200, {}))
    const { asked, turns } = turnsFor(2)
    const deadline = world.soon()
    const http = world.open({ turns })
    await http.send({ method: 'PUT', url: server.url, terms: { deadline, priority: 'urgent_revocation' } })
    await http.read({ method: 'GET', url: server.url, terms: { deadline: deadline + 1, priority: 'drift' } })
    expect(asked).to.deep.equal([
      ['urgent_revocation', deadline],
      ['drift', deadline + 1],
    ])
    expect(server.calls).to.have.length(2)
  })

  it('send nothing where they are refused, and say when there is hope', async () => {
    const server = await world.serve(answer(200, {}))
    const refusal: NoTurn = { problem: 'budget_unavailable', retryAfterSeconds: 2 }
    for (const [given, expected] of [
      [turnsFor(0).turns, { kind: 'not_sent', ...spent }],
      [turnsFor(0, refusal).turns, { kind: 'not_sent', ...refusal }],
    ] as const)
      expect(
        await world.open({ turns: given }).send({ method: 'PUT', url: server.url, terms: until(world.soon()) }),
      ).to.deep.equal(expected)
    expect(server.calls).to.deep.equal([])
  })

  it('are asked again before a repeat, and its refusal leaves the answer that there was', async () => {
    const server = await world.serve(answer(503, 'busy'))
    const { asked, turns } = turnsFor(1)
    const result = await world.open({ turns }).read({ method: 'GET', url: server.url, terms: until(world.soon()) })
    expect(result).to.include({ kind: 'answered', status: 503 })
    expect([asked.length, server.calls.length]).to.deep.equal([2, 1])
  })

  it('are asked for each step of a login', async () => {
    const registry: Script = (call, response, request) =>
      call.path.startsWith('/v2/')
        ? answer(401, '', { 'www-authenticate': 'Bearer realm="/token",service="registry"' })(call, response, request)
        : answer(200, { token: 'canary' })(call, response, request)
    const server = await world.serve(registry)
    const validate = (turns: CallBudget) =>
      makeLoginCheck({ http: world.open({ turns }), clock: world.clock, registryUrl: server.url })({
        username: 'one',
        token: secretText('synthetic'),
        terms: { deadline: world.soon(), priority: 'refresh' },
      })()
    const enough = turnsFor(2)
    expect(await validate(enough.turns)).to.deep.equal({ kind: 'valid' })
    expect(enough.asked.map(([priority]) => priority)).to.deep.equal(['refresh', 'refresh'])
    expect(await validate(turnsFor(1).turns)).to.deep.equal({ kind: 'indeterminate', problem: 'budget_spent' })
  })

  it('are not spent on what cannot be sent', async () => {
    const server = await world.serve(answer(200, {}))
    const { asked, turns } = turnsFor(9)
    const send = (url: string, deadline: number, http = world.open({ turns })) =>
      http.send({ method: 'PUT', url, terms: until(deadline) })
    await send(server.url, world.clock.monotonic() - 1)
    await send('http://registry.example.com', world.soon())
    await send(server.url, world.soon(), world.open({ turns, tls: { caFile: world.path('missing.pem') } }))
    expect([asked.length, server.calls.length]).to.deep.equal([0, 0])
  })

  it('send nothing where the deadline passed while they were waited for', async () => {
    const server = await world.serve(answer(200, {}))
    const deadline = world.clock.monotonic() + 20
    const turns: CallBudget = {
      turn: () => () => new Promise((resolve) => setTimeout(() => resolve(E.right(undefined)), 40)),
    }
    expect(await world.open({ turns }).send({ method: 'PUT', url: server.url, terms: until(deadline) })).to.deep.equal({
      kind: 'not_sent',
      problem: 'deadline_passed',
    })
    expect(server.calls).to.deep.equal([])
  })
})
