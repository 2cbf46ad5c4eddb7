import { expect } from 'chai'
import type { ApiDescription } from './api-description.ts'
import { describedExchanges } from './described-exchanges.ts'
import type { Exchange } from './exchange.ts'

const text = { type: 'string' }
const thing = { schema: { $ref: '#/components/schemas/Thing' } }
const description: ApiDescription = {
  paths: {
    '/things': {
      post: {
        requestBody: { content: { '*/*': thing } },
        responses: { '201': { content: { 'application/json': thing } }, '401': {} },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        required: ['name'],
        'x-vendor-order': 1,
        properties: {
          name: text,
          size: { type: 'integer', format: 'int64' },
          owner: { allOf: [{ $ref: '#/components/schemas/Owner' }], default: {} },
          labels: { type: 'object', additionalProperties: text },
          anything: { type: 'object' },
        },
      },
      Owner: { type: 'object', properties: { names: { type: 'array', items: text, 'x-vendor-list': 'atomic' } } },
    },
  },
}

const sound: Exchange = {
  method: 'POST',
  path: '/things',
  requestBody: { name: 'a', owner: { names: ['b'] } },
  status: 201,
  mediaType: 'application/json',
  answerBody: { name: 'a', size: 1, labels: { free: 'c' }, anything: { goes: true } },
}

describe('an exchange held against a description', () => {
  const faultsOf = (change: Partial<Exchange>): string =>
    describedExchanges(description)({ ...sound, ...change }).join()

  it('has no fault where the description says everything of it', () => {
    expect(faultsOf({})).to.equal('')
    expect(faultsOf({ status: 401, answerBody: undefined, mediaType: '' })).to.equal('')
  })

  const faults: Readonly<Record<string, readonly [change: Partial<Exchange>, fault: string]>> = {
    'an operation that is not described': [{ method: 'PUT' }, 'PUT /things is no operation'],
    'a path that is not described': [{ path: '/things?all' }, 'POST /things?all is no operation'],
    'a status that is not described': [{ status: 200 }, '200 is no answer'],
    'a media type that is not described': [{ mediaType: 'text/html' }, 'the answer has a body of the type text/html'],
    'a body where none is described': [{ status: 401 }, 'the answer has a body of the type application/json'],
    'no body where one is described': [{ requestBody: undefined }, 'the request must be object'],
    'a field that nobody describes': [
      { requestBody: { name: 'a', nam: 'a' } },
      'the request must NOT have additional properties',
    ],
    'a field that nobody describes, further in': [
      { answerBody: { name: 'a', owner: { name: ['b'] } } },
      'the answer/owner must NOT have additional properties',
    ],
    'a field that is missing': [{ answerBody: {} }, "the answer must have required property 'name'"],
    'a value of another type': [{ answerBody: { name: 'a', size: '1' } }, 'the answer/size must be integer'],
    'a list with a value of another type': [
      { answerBody: { name: 'a', owner: { names: [1] } } },
      'the answer/owner/names/0 must be string',
    ],
    'a map with a value of another type': [
      { answerBody: { name: 'a', labels: { free: 1 } } },
      'the answer/labels/free must be string',
    ],
  }
  for (const [what, [change, fault]] of Object.entries(faults)) {
    it(`is at fault for ${what}`, () => {
      expect(faultsOf(change)).to.equal(fault)
    })
  }
})
