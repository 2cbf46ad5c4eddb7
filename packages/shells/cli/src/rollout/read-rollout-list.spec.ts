import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { readRolloutList } from './read-rollout-list.ts'

const faultsOf = (text: string): ReadonlyArray<string> => {
  const read = readRolloutList(text)
  return E.isLeft(read) ? read.left : []
}

const entriesOf = (text: string) => {
  const read = readRolloutList(text)
  return E.isRight(read) ? read.right : []
}

const body = { on_rotation: 'return_current' }

describe('a list of clusters', () => {
  it('is read line by line, as text or JSON, without comments and empty lines', () => {
    const text = [
      '\uFEFF# staging',
      '',
      'cls-aaaaaa , gcp,us-east1\r',
      'cls-bbbbbb,,eu-west1',
      '{"cluster_id":"cls-cccccc","cloud_provider":"aws","registries":["quay"],"cluster_external_id":"ext-1"}',
      'cls-dddddd',
    ]
    expect(entriesOf(text.join('\n')).map(({ line, clusterId }) => [line, clusterId])).to.deep.equal([
      [3, 'cls-aaaaaa'],
      [4, 'cls-bbbbbb'],
      [5, 'cls-cccccc'],
      [6, 'cls-dddddd'],
    ])
    expect(entriesOf(text.join('\n')).map((entry) => entry.body)).to.deep.equal([
      { ...body, cluster_id: 'cls-aaaaaa', cloud_provider: 'gcp', region: 'us-east1' },
      { ...body, cluster_id: 'cls-bbbbbb', region: 'eu-west1' },
      {
        ...body,
        cluster_id: 'cls-cccccc',
        cloud_provider: 'aws',
        registries: ['quay'],
        cluster_external_id: 'ext-1',
      },
      { ...body, cluster_id: 'cls-dddddd' },
    ])
  })

  for (const [name, text, fault] of [
    ['a region that no name can hold', 'cls-aaaaaa,gcp,canary east', 'line 1: region must be 1 to 63 letters'],
    ['a cloud provider that is no word', 'cls-aaaaaa\ncls-bbbbbb,CANARY', 'line 2: cloud_provider must be the name'],
    ['a cluster id with a space', 'cls canary', 'line 1: cluster_id must be 1 to 64 printable characters'],
    ['no cluster id', ',gcp', 'line 1: cluster_id is required'],
    ['an object without a cluster id', '{"region":"canary"}', 'line 1: cluster_id is required'],
    ['an unknown field', '{"cluster_id":"cls-aaaaaa","provider":"canary"}', 'line 1: provider is an unknown field'],
    ['no JSON', '{"cluster_id": canary}', 'line 1: must be valid JSON'],
    ['more fields than there are', 'cls-aaaaaa,gcp,us-east1,canary', 'line 1: must have at most 3 fields'],
    ['a cluster twice', 'cls-aaaaaa\n\n{"cluster_id":"cls-aaaaaa"}', 'line 3: cluster_id repeats line 1'],
    ['nothing', '# canary\n', 'it names no cluster'],
  ] as const)
    it(`is refused for ${name}, by line, field and rule, without the value`, () => {
      const [first = '', ...others] = faultsOf(text)
      expect(others).to.deep.equal([])
      expect(first.startsWith(fault), first).to.equal(true)
      expect(first).not.to.match(/canary/i)
    })

  it('is refused with every fault in it', () => {
    expect(faultsOf('cls-aaaaaa\ncls bbbbbb,GCP\n{').map((fault) => fault.slice(0, 18))).to.deep.equal([
      'line 2: cluster_id',
      'line 2: cloud_prov',
      'line 3: must be va',
    ])
  })
})
