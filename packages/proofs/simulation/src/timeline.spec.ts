import { expect } from 'chai'
import { type Case, replay, runRandomHistory } from './index.ts'

const generate = {
  number: 0,
  act: { kind: 'generate', cluster: 'cls-aaaaaa' },
  deployment: 0,
  replica: 0,
  waitMilliseconds: 5000,
} as const
const kept: Case = {
  seed: 3,
  vendors: ['quay', 'one-shot'],
  deployments: 1,
  operations: [
    generate,
    { ...generate, number: 1, act: { kind: 'crash' } },
    { ...generate, number: 2, act: { kind: 'delete', cluster: 'cls-aaaaaa' } },
  ],
  faults: { '0/vendor.grant/0': 'throttled', '2/ledger.record/0': 'crash_after' },
}

const timelineOf = async (): Promise<string> => (await replay(kept, { trace: true })).timeline.join('\n')

describe('a timeline', () => {
  it('names the registry of every call of a vendor, and what was no plain success', async () => {
    expect(await timelineOf())
      .to.match(/simulated-\d (quay|one-shot) vendor\.grant robot_\S+ !throttled\n/)
      .and.to.match(/ vendor\.grant robot_\S+ = throttled$/m)
  })

  it('names registry and cluster of what is recorded, and the changes it brings', async () => {
    expect(await timelineOf())
      .to.match(/simulated-\d ledger\.record cls-aaaaaa quay [0-9a-f]{8}/)
      .and.to.match(/ {2}C1 none -> intended quay [0-9a-f]{8}$/m)
      .and.to.match(/ {2}K2 live -> deleting cls-aaaaaa$/m)
  })

  it('tells every change once', async () => {
    const changes = (await timelineOf()).match(/ {2}[CK]\d+ .*/g) ?? []
    expect(changes).not.to.deep.equal([])
    expect(new Set(changes).size).to.equal(changes.length)
  })

  it('tells when a process dies, by itself or by a fault', async () => {
    expect(((await timelineOf()).match(/simulated-\d+ crashes$/gm) ?? []).length).to.equal(2)
  })

  it('changes nothing of what it tells', async () => {
    const options = {
      seed: 11,
      operations: 30,
      vendors: ['quay', 'one-shot-twins'],
      deployments: 2,
      faultProbability: 0.08,
    }
    const [silent, told] = [await runRandomHistory(options), await runRandomHistory({ ...options, trace: true })]
    expect({ ...told, timeline: [] }).to.deep.equal(silent)
    expect(told.timeline).not.to.deep.equal([])
  })
})
