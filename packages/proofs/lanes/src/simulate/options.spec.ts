import { highestSeed } from '@pull-secret/simulation'
import { expect } from 'chai'
import { readOptions } from './options.ts'

const refused: ReadonlyArray<readonly [args: string, sentence: string]> = [
  ['--runs 0', '--runs must be a whole number from 1'],
  ['--operations 0', '--operations must be a whole number from 1'],
  ['--seed 1e3', '--seed must be a whole number'],
  ['--seed=', '--seed must be a whole number'],
  [`--seed ${String(highestSeed + 1)}`, '--seed must be a whole number from 0 to'],
  [`--seed ${String(highestSeed)} --runs 2`, '--runs must be a whole number from 1 to 1'],
  ['--workers 0', '--workers must be a whole number from 1'],
  ['--deployments 3', '--deployments must be a whole number from 1 to 2'],
  ['--rate=', '--rate must be a number from 0 to 1'],
  ['--rate 2', '--rate must be a number from 0 to 1'],
  ['--vendor quay,quay', '--vendor must not name anything twice'],
  ['--vendor acme', 'there is no vendor of kind acme'],
  ['--faults paused,paused', '--faults must not name anything twice'],
  ['--faults earthquake', '--faults must name'],
  ['--changes weather', '--changes must name'],
  ['--pairs', '--pairs requires --exhaustive'],
  ['--exhaustive --share 1/2', '--share requires --pairs'],
  ...['0/2', '3/2', '1', 'a/b'].map(
    (share) => [`--exhaustive --pairs --share ${share}`, '--share must be like 2/7'] as const,
  ),
  ...['changes scope', 'rate 0.1', 'runs 5', 'operations 5', 'deployments 1'].map(
    (option) =>
      [`--exhaustive --${option}`, `--${option.split(' ')[0] ?? ''} cannot be combined with --exhaustive`] as const,
  ),
  ['--case kept.json --exhaustive', '--exhaustive cannot be combined with --case'],
  ['--case kept.json --seed 3', '--seed cannot be combined with --case'],
  ['--case kept.json --workers 1', '--workers cannot be combined with --case'],
]

describe('the options of the simulation', () => {
  refused.forEach(([args, sentence]) => {
    it(`are refused when they mean nothing: ${args}`, () => {
      expect(() => readOptions(args.split(' '))).to.throw(sentence)
    })
  })

  it('are refused in one sentence when they are unknown', () => {
    expect(() => readOptions(['--forever'])).to.throw(/^Unknown option '--forever'$/)
    expect(() => readOptions(['forever'])).to.throw(/^Unexpected argument 'forever'$/)
  })

  it('play 1000 histories of 50 operations from the first seed on, unless told otherwise', () => {
    expect(readOptions([])).to.include({
      seed: 1,
      runs: 1000,
      operations: 50,
      rate: 0.05,
      vendors: undefined,
      exhaustive: false,
      changes: undefined,
      faults: undefined,
      caseFile: undefined,
    })
  })

  it('let some changes of configuration be asked for', () => {
    expect(readOptions(['--changes', 'scope,hosts']).changes).to.deep.equal(['scope', 'hosts'])
  })

  it('take the last seed that a case may have', () => {
    expect(readOptions(['--seed', String(highestSeed)])).to.include({ seed: highestSeed, runs: 1 })
  })

  it('let a kept case, and every fault of some vendors, be asked for', () => {
    expect(readOptions(['--case', 'kept.json', '--trace'])).to.include({ caseFile: 'kept.json', trace: true })
    expect(
      readOptions(['--exhaustive', '--pairs', '--vendor', 'quay,one-shot+granted', '--seed', '7', '--workers', '2'])
        .vendors,
    ).to.deep.equal(['quay', 'one-shot+granted'])
    expect(readOptions(['--exhaustive', '--pairs', '--share', '7/7']).share).to.deep.equal({ part: 7, of: 7 })
  })
})
