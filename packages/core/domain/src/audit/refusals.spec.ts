import { expect } from 'chai'
import { refusalEventOf, type Refusals, type RefusedRequest, unnamedRefusalEvent, withRefusal } from '../index.ts'
import { now } from '../testing/index.ts'

const refused = (given: Partial<RefusedRequest> = {}): RefusedRequest => ({
  caller: { name: 'adapter', isProven: true },
  request: { verb: 'create', resource: 'pull-secrets', clusterId: 'cls-abc123' },
  traceId: 'trace-1',
  ...given,
})

const after = (requests: ReadonlyArray<RefusedRequest>): Refusals =>
  requests
    .slice(1)
    .reduce((before, next, index) => withRefusal(before, next, now + index + 1), withRefusal(undefined, refused(), now))

describe('refused requests', () => {
  it('of one caller become one record, which says how many, when, what and about which clusters', () => {
    const asked = [
      refused(),
      refused({ traceId: 'trace-2' }),
      refused({ request: { verb: 'get', resource: 'pull-secrets', clusterId: 'cls-other1' } }),
      refused({ request: { verb: 'list', resource: 'clusters' } }),
    ]
    expect(refusalEventOf(after(asked))).to.deep.equal({
      kind: 'event',
      action: 'refuse',
      outcome: 'failure',
      subject: 'adapter',
      reason: 'create pull-secrets, get pull-secrets, list clusters',
      traceId: 'trace-1',
      metadata: {
        requests: 4,
        first_at: new Date(now).toISOString(),
        last_at: new Date(now + 3).toISOString(),
        clusters: 'cls-abc123, cls-other1',
      },
    })
  })

  it('about no cluster name none', () => {
    const { metadata } = refusalEventOf(
      withRefusal(undefined, refused({ request: { verb: 'list', resource: 'clusters' } }), now),
    )
    expect(metadata).not.to.have.property('clusters')
  })

  it('name eight clusters and eight permissions at most, however many there were', () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      refused({
        request: { verb: 'get', resource: `r${String(index)}` as 'clusters', clusterId: `cls-${String(index)}` },
      }),
    )
    const { reason, metadata } = refusalEventOf(after(many))
    expect([
      reason.split(', ').length,
      String(metadata['clusters']).split(', ').length,
      metadata['requests'],
    ]).to.deep.equal([8, 8, 100])
  })

  it('of a token that nobody vouched for are not laid at the door of whom it names', () => {
    const { subject } = refusalEventOf(
      withRefusal(undefined, refused({ caller: { name: 'adapter', isProven: false } }), now),
    )
    expect(subject).to.equal('unverified:adapter')
  })

  it('of callers who are not named are counted', () => {
    expect(unnamedRefusalEvent(7, 'trace-1')).to.deep.equal({
      kind: 'event',
      action: 'refuse',
      outcome: 'failure',
      subject: 'other callers',
      reason: 'too many callers were refused to name each',
      traceId: 'trace-1',
      metadata: { requests: 7 },
    })
  })
})
