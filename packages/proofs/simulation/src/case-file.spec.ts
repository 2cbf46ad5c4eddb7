import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { decodeCase, replay } from './index.ts'

const first = {
  number: 0,
  act: { kind: 'generate', cluster: 'cls-aaaaaa' },
  deployment: 0,
  replica: 0,
  waitMilliseconds: 5,
}
const again = { number: 4, act: { kind: 'repeat', of: 0 }, deployment: 0, replica: 1, waitMilliseconds: 5 }
const history = {
  seed: 3,
  vendors: ['quay', 'one-shot+granted'],
  deployments: 1,
  operations: [first, again],
  faults: { '4/vendor.create/0': 'paused' },
}
const changing = {
  ...history,
  operations: [{ ...first, act: { kind: 'configure', registry: 1, setting: 'scope' } }],
}
const script = {
  seed: 7,
  vendors: ['quay', 'one-shot'],
  script: 'delete, then recover',
  faults: { '0/vendor.create/0': 'answer_lost' },
}

const mistakes: Readonly<Record<string, readonly [unknown, string]>> = {
  'no vendor': [{ ...history, vendors: [] }, 'vendors must name at least one'],
  'a vendor twice': [{ ...script, vendors: ['quay', 'quay'] }, 'vendors must differ from each other'],
  'an unknown vendor': [
    { ...history, vendors: ['quay', 'acme'] },
    'vendors.1 must be a known kind of vendor, with known knobs',
  ],
  'an unknown knob': [
    { ...history, vendors: ['quay+golden'] },
    'vendors.0 must be a known kind of vendor, with known knobs',
  ],
  'a fault at no point': [
    { ...history, faults: { 'vendor.create': 'paused' } },
    'faults.0 must be at a point OPERATION/CALL/NTH with a known call',
  ],
  'a fault at an unknown call': [
    { ...script, faults: { '0/vendor.sell/0': 'paused' } },
    'faults.0 must be at a point OPERATION/CALL/NTH with a known call',
  ],
  'a fault that cannot strike there': [
    { ...history, faults: { '0/reads/0': 'paused' } },
    'faults.0 must be able to strike at reads: crash_before, crash_after, unavailable, stalled_after, suspended',
  ],
  'a deployment that is not there': [
    { ...history, operations: [{ ...first, deployment: 1 }] },
    'operations.0.deployment must be lower than the number of deployments',
  ],
  'a replica that is not there': [
    { ...history, operations: [{ ...first, replica: 2 }] },
    'operations.0.replica must be a whole number from 0 to 1',
  ],
  'a repetition of what comes later': [
    { ...history, operations: [first, { ...again, act: { kind: 'repeat', of: 9 } }] },
    'operations.1.act.of must be the number of an earlier operation',
  ],
  'a change of a registry that is not there': [
    { ...history, operations: [{ ...first, act: { kind: 'configure', registry: 2, setting: 'hosts' } }] },
    'operations.0.act.registry must be lower than the number of vendors',
  ],
  'operations out of order': [
    { ...history, operations: [first, { ...first }] },
    'operations.1.number must be higher than the one before',
  ],
  'an unknown field': [{ ...script, rate: 1 }, 'rate is an unknown field'],
}

describe('a case in a file', () => {
  it('is a history or a script, with faults', () => {
    expect(decodeCase(history)).to.deep.equal(E.right(history))
    expect(decodeCase(script)).to.deep.equal(E.right(script))
    expect(decodeCase(changing)).to.deep.equal(E.right(changing))
  })

  Object.entries(mistakes).forEach(([what, [value, message]]) => {
    it(`is refused with ${what}`, () => {
      const decoded = decodeCase(value)
      expect(E.isLeft(decoded) ? decoded.left.map((mismatch) => mismatch.message) : []).to.include(message)
    })
  })

  it('is refused with an unknown script', () => {
    const decoded = decodeCase({ ...script, script: 'sleep' })
    expect(E.isLeft(decoded) ? decoded.left[0]?.message : '').to.match(/^script must be one of "/)
  })

  it('meets the same faults again when it is a script', async () => {
    const kept = decodeCase(script)
    if (E.isLeft(kept)) throw new Error('the case does not decode')
    expect((await replay(kept.right)).struck).to.deep.equal(script.faults)
  })
})
