import { expect } from 'chai'
import { jsonAnswer } from './answer.ts'
import { conditionalAnswer } from './etag.ts'

describe('a conditional answer', () => {
  const answer = jsonAnswer(200, { one: 1 })
  const { ETag: etag = '' } = conditionalAnswer(answer, undefined).headers

  it('bears a weak tag that follows the content', () => {
    expect(etag).to.match(/^W\/"[\w-]{43}"$/)
    expect(conditionalAnswer(answer, undefined)).to.deep.equal({
      ...answer,
      headers: { ...answer.headers, ETag: etag },
    })
    expect(conditionalAnswer(jsonAnswer(200, { one: 2 }), undefined).headers['ETag']).not.to.equal(etag)
  })

  it('is empty for who has the content, however the tag is given', () => {
    for (const given of [etag, etag.slice(2), `"other", ${etag}`, `W/"other",${etag} , "third"`, '*', ' * ']) {
      expect(conditionalAnswer(answer, given), given).to.deep.equal({ status: 304, headers: { ETag: etag }, body: '' })
    }
  })

  it('is whole for who has something else', () => {
    for (const given of ['', '"other"', 'W/"other"', etag.slice(3), `"x${etag.slice(3)}`])
      expect(conditionalAnswer(answer, given).status, given).to.equal(200)
  })
})
