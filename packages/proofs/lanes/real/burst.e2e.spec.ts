import { setTimeout as sleep } from 'node:timers/promises'
import { quayIoLimit } from '@pull-secret/registry-simulators'
import { expect } from 'chai'
import { openStage, type Stage } from '../src/stage/open-stage.ts'
import { type CallerAnswer, makeServiceCaller, pullSecretPath } from '../src/stage/service-caller.ts'
import type { ServiceProcess } from '../src/stage/service-process.ts'
import { until } from '../src/stage/until.ts'

const clusters = 100
const later = 4
const processes = 3

/** Less than the vendor allows: what is granted may be sent a second later, and takes a while to get there. */
const budget = { per_minute: 290, burst: 15 }
const perSecond = budget.per_minute / 60
const lateSeconds = 2
const times = { leaseSeconds: 30, callSeconds: 5, landingWindowSeconds: 900, recoverySeconds: 5 }

const idsOf = (name: string, count: number): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) => `cls-${name}${String(index).padStart(4, '0')}`)

const granted = /^hyperfleet_pull_secret_service_registry_budget_wait_seconds_count\{.*outcome="granted".*\} (\d+)$/gm

/** How many turns a process has been granted at registries. */
const turnsOf = async ({ metricsUrl }: ServiceProcess): Promise<number> => {
  const text = await (await fetch(`${metricsUrl}/metrics`)).text()
  return [...text.matchAll(granted)].reduce((sum, [, count]) => sum + Number(count), 0)
}

const sumOf = (numbers: ReadonlyArray<number>): number => numbers.reduce((sum, one) => sum + one, 0)

describe('a hundred clusters at once in three processes, at a vendor with the limit of quay.io', function () {
  this.timeout(300_000)
  let stage: Stage | undefined
  let replicas: ReadonlyArray<ServiceProcess> = []
  const answers: Array<CallerAnswer> = []
  /** When each call passed the vendor's limit, in seconds. */
  let calls: ReadonlyArray<number> = []
  let received = 0
  let turns: ReadonlyArray<number> = []

  const opened = (): Stage => {
    if (stage === undefined) throw new Error('not open')
    return stage
  }

  /** As an adapter does: comes again when it is told to. */
  const generate = async (clusterId: string, turn: number): Promise<void> => {
    const url = replicas[turn % processes]?.url ?? ''
    const answer = await makeServiceCaller(opened().folder)(url, {
      method: 'POST',
      path: pullSecretPath(clusterId),
      body: {},
    })
    answers.push(answer)
    if (answer?.status === 200) return
    await sleep((answer?.retryAfterSeconds ?? 1) * 1000)
    await generate(clusterId, turn + 1)
  }

  /** One more cluster each time that the vendor has let another part of the burst through. */
  const comeLater = (from: number): ReadonlyArray<Promise<void>> =>
    idsOf('later', later).map(async (id, index) => {
      const after = from + ((index + 1) * 2 * clusters) / (later + 1)
      await until(
        () => opened().quay.admitted().length >= after,
        120,
        () => 'the burst came to nothing',
      )
      await generate(id, index)
    })

  before(async () => {
    stage = await openStage({ times, quayLimit: quayIoLimit, budgets: { quay: budget }, registryIds: ['quay'] })
    const { quay, startService } = stage
    replicas = [await startService(), await startService(), await startService()]
    // The first one of all makes the team.
    await generate('cls-first0', 0)
    const receivedNow = () => sumOf(Object.values(quay.stats()).map((one) => one.received))
    const [from, receivedBefore, turnsBefore] = [
      quay.admitted().length,
      receivedNow(),
      await Promise.all(replicas.map(turnsOf)),
    ]
    await Promise.all([...idsOf('burst', clusters).map(generate), ...comeLater(from)])
    calls = quay
      .admitted()
      .slice(from)
      .map((milliseconds) => milliseconds / 1000)
    received = receivedNow() - receivedBefore
    turns = (await Promise.all(replicas.map(turnsOf))).map((count, index) => count - (turnsBefore[index] ?? 0))
  })
  after(async () => {
    expect((await stage?.close()) ?? [], 'left behind').to.deep.equal([])
  })

  it('cost the vendor two calls a cluster, and it turns none away', () => {
    expect(calls.length / (clusters + later)).to.be.at.most(2.2)
    expect(opened().quay.turnedAway()).to.equal(0)
  })

  it('are done in the time that their calls take', () => {
    const seconds = (calls.at(-1) ?? NaN) - (calls[0] ?? NaN)
    expect(seconds).to.be.at.most((1.15 * received) / perSecond)
    expect(received - budget.burst, 'used').to.be.at.least(0.95 * seconds * perSecond)
  })

  it('never send more in any span of time than rate and burst, and what was granted shortly before', () => {
    const most = (seconds: number): number => budget.burst + perSecond * (seconds + lateSeconds)
    calls.forEach((from, first) =>
      calls.slice(first).forEach((to, more) => expect(more + 1).to.be.at.most(Math.ceil(most(to - from)))),
    )
  })

  it('take a turn for every request, logins included, and every process gets some', () => {
    expect(sumOf(turns)).to.be.at.least(received)
    for (const count of turns) expect(count).to.be.at.least(received / 10)
  })

  it('are all answered, or told when to come again, those too that come meanwhile', () => {
    const refused = answers.filter((answer) => answer?.status !== 200)
    expect(answers.length - refused.length).to.equal(1 + clusters + later)
    for (const answer of refused) {
      expect(answer?.status).to.equal(503)
      expect(answer?.retryAfterSeconds).to.be.within(1, 120)
    }
  })
})
