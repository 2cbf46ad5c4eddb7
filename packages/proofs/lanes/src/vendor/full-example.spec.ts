import { expect } from 'chai'
import { fullExample } from './full-example.ts'

describe('a full example', () => {
  it('has every field of a schema, and texts that say where they stand', () => {
    const text = { type: 'string' }
    const description = {
      paths: {},
      components: {
        schemas: {
          Owner: { type: 'object', properties: { names: { type: 'array', items: text } } },
          Thing: {
            type: 'object',
            properties: {
              kind: { type: 'string', const: 'Thing' },
              owner: { allOf: [{ $ref: '#/components/schemas/Owner' }] },
              isNew: { type: 'boolean' },
              size: { type: 'integer' },
              since: { type: 'string', format: 'date-time' },
              labels: { type: 'object', additionalProperties: text },
              anything: { type: 'object' },
            },
          },
        },
      },
    }
    expect(fullExample(description, { $ref: '#/components/schemas/Thing' })).to.deep.equal({
      kind: 'Thing',
      owner: { names: ['owner.names'] },
      isNew: true,
      size: 1,
      since: '2026-01-01T00:00:00Z',
      labels: { key: 'labels.key' },
      anything: {},
    })
  })

  it('cannot be made where a reference leads nowhere', () => {
    expect(() =>
      fullExample({ paths: {}, components: { schemas: {} } }, { $ref: '#/components/schemas/Thing' }),
    ).to.throw('nothing is described at #/components/schemas/Thing')
  })
})
