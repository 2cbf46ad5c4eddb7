import { expect } from 'chai'
import { startQuaySimulator } from '../quay/start-quay-simulator.ts'
import { call, failureOf } from '../testing/call.ts'
import { useClosing } from '../testing/closing.ts'
import { administratorToken, organization, useQuay } from '../testing/quay-world.ts'
import type { Fault } from './fault.ts'

describe('faults', () => {
  const quay = useQuay()
  const create = (name = 'one') => quay.ask('PUT', `/robots/${name}`)
  const strike = (fault: Fault, operation = 'createRobot') => quay.simulator.faults.add({ operation, fault })
  const robotNames = () => quay.simulator.robots().map(({ shortName }) => shortName)
  const counts = () => quay.simulator.stats()['createRobot']

  it('hang keeps silent and does nothing, and both after its release', async () => {
    strike({ kind: 'hang' })
    const answer = create()
    await quay.simulator.faults.untilHeld(1)
    expect(robotNames()).to.deep.equal([])
    expect(await quay.simulator.faults.release()).to.equal(1)
    expect((await answer).status).to.equal(201)
    expect(robotNames()).to.deep.equal(['one'])
  })

  it('hang takes effect on release though its caller gave up', async () => {
    strike({ kind: 'hang' })
    const caller = new AbortController()
    const answer = failureOf(
      quay.ask('PUT', '/robots/one', {
        headers: { authorization: `Bearer ${administratorToken}` },
        signal: caller.signal,
      }),
    )
    await quay.simulator.faults.untilHeld(1)
    caller.abort()
    expect(await answer).to.equal('ABORT_ERR')
    await quay.simulator.faults.release()
    expect(robotNames()).to.deep.equal(['one'])
  })

  it('hang that acts is silent after the effect', async () => {
    strike({ kind: 'hang', acts: true })
    const answer = create()
    await quay.simulator.faults.untilHeld(1)
    expect(robotNames()).to.deep.equal(['one'])
    await quay.simulator.faults.release()
    expect((await answer).status).to.equal(201)
    expect(counts()).to.deep.equal({ received: 1, acted: 1 })
  })

  it('hang ends without effect when the simulator closes', async () => {
    strike({ kind: 'hang' })
    const answer = failureOf(create())
    await quay.simulator.faults.untilHeld(1)
    await quay.simulator.close()
    expect(await answer).to.equal('ECONNRESET')
    expect(robotNames()).to.deep.equal([])
  })

  it('resetBefore drops the connection and does nothing', async () => {
    strike({ kind: 'resetBefore' })
    expect(await failureOf(create())).to.equal('ECONNRESET')
    expect(robotNames()).to.deep.equal([])
    expect(counts()).to.deep.equal({ received: 1, acted: 0 })
  })

  it('resetAfter drops the connection after the effect', async () => {
    strike({ kind: 'resetAfter' })
    expect(await failureOf(create())).to.equal('ECONNRESET')
    expect(robotNames()).to.deep.equal(['one'])
  })

  it('delay holds a call for its time', async () => {
    strike({ kind: 'delay', delayMilliseconds: 20 })
    const answer = create()
    await quay.simulator.faults.untilHeld(1)
    expect(robotNames()).to.deep.equal([])
    expect((await answer).status).to.equal(201)
  })

  it('lateLanding loses the answer and takes effect on release', async () => {
    strike({ kind: 'lateLanding' })
    expect(await failureOf(create())).to.equal('ECONNRESET')
    expect(robotNames()).to.deep.equal([])
    expect((await quay.ask('GET', '/robots/one')).status).to.equal(400)
    expect(await quay.simulator.faults.release()).to.equal(1)
    expect(robotNames()).to.deep.equal(['one'])
  })

  it('lateLanding meets what came in between', async () => {
    strike({ kind: 'lateLanding' }, 'deleteRobot')
    await create()
    expect(await failureOf(quay.ask('DELETE', '/robots/one'))).to.equal('ECONNRESET')
    expect(robotNames()).to.deep.equal(['one'])
    await quay.simulator.faults.release()
    expect(robotNames()).to.deep.equal([])
  })

  it('lateLanding takes effect by itself after its time', async () => {
    strike({ kind: 'lateLanding', delayMilliseconds: 5 })
    await failureOf(create())
    while (robotNames().length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(counts()).to.deep.equal({ received: 1, acted: 1 })
  })

  for (const status of [500, 502, 504])
    it(`status ${status} is a gateway's page and nothing happens`, async () => {
      strike({ kind: 'status', status })
      const { headers, text, ...answer } = await create()
      expect(answer.status).to.equal(status)
      expect(headers['content-type']).to.equal('text/html')
      expect(text).to.match(/nginx/)
      expect(robotNames()).to.deep.equal([])
    })

  it('status 429 comes as a page without Retry-After unless told', async () => {
    strike({ kind: 'status', status: 429 })
    strike({ kind: 'status', status: 429, retryAfterSeconds: 7, body: 'json' })
    const bare = await create()
    expect(bare.headers).not.to.have.property('retry-after')
    expect(bare.text).to.match(/429 Too Many Requests/)
    const told = await create()
    expect(told.headers['retry-after']).to.equal('7')
    expect(told.json).to.deep.equal({ message: 'Too Many Requests' })
  })

  it('status that acts hides an effect behind a failure', async () => {
    strike({ kind: 'status', status: 504, acts: true })
    expect((await create()).status).to.equal(504)
    expect(robotNames()).to.deep.equal(['one'])
  })

  it('executeTwice does it twice and answers with the first', async () => {
    strike({ kind: 'executeTwice' })
    expect((await create()).status).to.equal(201)
    expect(counts()).to.deep.equal({ received: 1, acted: 2 })
  })

  it('emptyBody keeps the status and loses the body', async () => {
    strike({ kind: 'emptyBody' })
    const { status, text } = await create()
    expect([status, text]).to.deep.equal([201, ''])
    expect(robotNames()).to.deep.equal(['one'])
  })

  it('slowBody sends the rest of the body on release', async () => {
    strike({ kind: 'slowBody' })
    const answer = create()
    await quay.simulator.faults.untilHeld(1)
    await quay.simulator.faults.release()
    expect((await answer).json.name).to.equal(`${organization}+one`)
  })

  it('slowBody that never ends breaks off when the simulator closes', async () => {
    strike({ kind: 'slowBody' })
    const answer = failureOf(create())
    await quay.simulator.faults.untilHeld(1)
    await quay.simulator.close()
    expect(await answer).to.equal('ECONNRESET')
  })

  it('strikes docker login too', async () => {
    strike({ kind: 'status', status: 503 }, 'registryToken')
    expect((await call(`${quay.simulator.url}/v2/auth`)).status).to.equal(503)
  })
})

describe('latency', () => {
  const closing = useClosing()

  it('comes before every effect and is cut short by close', async () => {
    const simulator = closing(
      await startQuaySimulator({
        organization,
        administratorTokens: [administratorToken],
        latencyMilliseconds: 60_000,
      }),
    )
    const answer = failureOf(call(`${simulator.url}/v2/`))
    while (simulator.stats()['registryPing']?.received !== 1) await new Promise((resolve) => setImmediate(resolve))
    await simulator.close()
    expect(await answer).to.equal('ECONNRESET')
    expect(simulator.stats()['registryPing']).to.deep.equal({ received: 1, acted: 0 })
  })
})
