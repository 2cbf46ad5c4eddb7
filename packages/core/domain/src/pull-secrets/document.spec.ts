import { expect } from 'chai'
import { buildDocument, documentText, secretText } from '../index.ts'

const base64 = (text: string): string => `b64(${text})`
const parts = [
  { hosts: ['registry.redhat.io'], username: '|hyp', token: secretText('t2') },
  { hosts: ['quay.io', 'cloud.openshift.com'], username: 'org+robot', token: secretText('t1'), email: 'a@b.c' },
]
const document = buildDocument(parts, base64)

describe('document', () => {
  it('gives the same bytes whatever the order of its parts', () => {
    expect(documentText(document)).to.equal(documentText(buildDocument([...parts].reverse(), base64)))
    expect(documentText(document)).to.equal(
      [
        '{"auths":{"cloud.openshift.com":{"auth":"b64(org+robot:t1)","email":"a@b.c"},',
        '"quay.io":{"auth":"b64(org+robot:t1)","email":"a@b.c"},"registry.redhat.io":{"auth":"b64(|hyp:t2)"}}}',
      ].join(''),
    )
  })

  it('names an email only where one is configured', () => {
    expect(document.auths['registry.redhat.io']).to.deep.equal({ auth: 'b64(|hyp:t2)' })
  })
})
