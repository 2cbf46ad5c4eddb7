import { inspect } from 'node:util'
import { expect } from 'chai'
import * as t from 'io-ts'
import type { HttpAnswer } from './http-message.ts'
import { decodeBody, secret } from './json-body.ts'

describe('decodeBody', () => {
  const codec = t.type({ token: secret })
  const answered = (body: string): HttpAnswer => ({ kind: 'answered', status: 200, headers: {}, body })

  it('hides a secret from the moment it is read', () => {
    const body = decodeBody(codec, answered('{"token":"canary"}'))
    expect(inspect(body, { depth: 9 }) + JSON.stringify(body)).not.to.include('canary')
    expect(body?.token.reveal()).to.equal('canary')
  })

  it('gives nothing for what is not JSON, does not fit, or holds no secret', () => {
    expect(
      ['<html>', '', '{}', '{"token":7}', '{"token":""}'].map((body) => decodeBody(codec, answered(body))),
    ).to.deep.equal(Array(5).fill(undefined))
  })
})
