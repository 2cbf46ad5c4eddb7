import { expect } from 'chai'
import { newTraceId, traceIdOf } from './trace-context.ts'

describe('the trace of a request', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c'

  it('is the one that the caller continues', () => {
    expect(traceIdOf(`00-${traceId}-b7ad6b7169203331-01`)).to.equal(traceId)
    expect(traceIdOf(`01-${traceId}-b7ad6b7169203331-01-of-tomorrow`)).to.equal(traceId)
  })

  it('is a new one where the header is absent or breaks the rules', () => {
    const broken = [
      undefined,
      [`00-${traceId}-b7ad6b7169203331-01`],
      '',
      'canary',
      `00-${traceId}-b7ad6b7169203331-01-more`,
      `ff-${traceId}-b7ad6b7169203331-01`,
      `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
      `00-${traceId}-${'0'.repeat(16)}-01`,
      `00-${traceId.toUpperCase()}-b7ad6b7169203331-01`,
    ]
    for (const header of broken)
      expect(traceIdOf(header), String(header))
        .to.match(/^[0-9a-f]{32}$/)
        .and.not.to.equal(traceId)
  })

  it('is never the same by chance', () => {
    expect(newTraceId()).not.to.equal(newTraceId())
  })
})
