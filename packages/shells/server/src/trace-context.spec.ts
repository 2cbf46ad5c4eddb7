import { expect } from 'chai'
import { newTraceId, traceOriginOf } from './trace-context.ts'

describe('the trace of a request', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const spanId = 'b7ad6b7169203331'

  it('is the one that the caller continues', () => {
    const origin = { traceId, parent: { spanId, isSampled: true } }
    expect(traceOriginOf(`00-${traceId}-${spanId}-01`)).to.deep.equal(origin)
    expect(traceOriginOf(`01-${traceId}-${spanId}-03-of-tomorrow`)).to.deep.equal(origin)
  })

  it('is not kept where the caller does not keep it', () => {
    for (const flags of ['00', '02'])
      expect(traceOriginOf(`00-${traceId}-${spanId}-${flags}`).parent, flags).to.deep.equal({
        spanId,
        isSampled: false,
      })
  })

  it('is a new one where the header is absent or breaks the rules', () => {
    const broken = [
      undefined,
      [`00-${traceId}-${spanId}-01`],
      '',
      'canary',
      `00-${traceId}-${spanId}-01-more`,
      `ff-${traceId}-${spanId}-01`,
      `00-${'0'.repeat(32)}-${spanId}-01`,
      `00-${traceId}-${'0'.repeat(16)}-01`,
      `00-${traceId.toUpperCase()}-${spanId}-01`,
    ]
    for (const header of broken) {
      const origin = traceOriginOf(header)
      expect(origin.parent).to.equal(undefined)
      expect(origin.traceId, String(header))
        .to.match(/^[0-9a-f]{32}$/)
        .and.not.to.equal(traceId)
    }
  })

  it('is never the same by chance', () => {
    expect(newTraceId()).not.to.equal(newTraceId())
  })
})
