// Here and not beside a source file because it holds the whole document to rules of others.
import { operations } from '@pull-secret/wire'
import spectral from '@stoplight/spectral-core'
import { oas } from '@stoplight/spectral-rulesets'
import { expect } from 'chai'
import { buildDocument } from '../src/index.ts'

const findingsIn = async (document: object): Promise<ReadonlyArray<string>> => {
  const linter = new spectral.Spectral()
  linter.setRuleset({
    extends: [[oas as spectral.RulesetDefinition, 'all']],
    // The contact is a team that is reached by mail.
    rules: { 'contact-properties': 'off' },
  })
  const findings = await linter.run(JSON.parse(JSON.stringify(document)) as Record<string, unknown>)
  return findings.map(({ code, message, path }) => `${String(code)} at ${path.join('.')}: ${message}`)
}

describe('the OpenAPI document', () => {
  const options = {
    publicUrl: 'https://api.hyperfleet.redhat.com/pull-secrets',
    errorsBaseUrl: 'https://docs.example/errors/',
  }
  const document = buildDocument(operations, options)

  it("passes each of Spectral's rules for OpenAPI", async () => {
    expect(await findingsIn(document)).to.deep.equal([])
  })

  it('would not pass them without what they ask for', async () => {
    expect(await findingsIn({ ...document, info: { ...document.info, contact: undefined } })).to.deep.equal([
      'info-contact at info: Info object must have "contact" object.',
    ])
  })
})
