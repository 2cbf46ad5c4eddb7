import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { loadConfig, redactedConfig } from './index.ts'
import { readFileOf, workingFile } from './working-file.spec.ts'

const printed = (registry: object) => {
  const env = { HYPERFLEET_REGISTRIES: JSON.stringify([{ id: 'quay', type: 'quay', ...registry }]) }
  const config = loadConfig({
    flags: {},
    env,
    readFile: readFileOf({ '/etc/hyperfleet/config.yaml': workingFile }),
  })
  return E.isRight(config) ? redactedConfig(config.right) : {}
}

describe('redactedConfig', () => {
  it('shows settings under the names that the file uses', () => {
    const shown = printed({ lease_seconds: 40 })
    expect(shown['server']).to.deep.include({
      metrics_port: 8081,
      cluster_id_patterns: ['^(?:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$', '^(?:cls-[a-z0-9]{6,36})$'],
    })
    expect(shown['registries']).to.deep.equal([
      { id: 'quay', type: 'quay', enabled: true, lease_seconds: 40, call_seconds: 10, config: {} },
    ])
  })

  it('never shows the address of the database', () => {
    expect(printed({})['database']).to.deep.include({ url: '**REDACTED**' })
    expect(JSON.stringify(printed({}))).not.to.include('canary')
  })

  it("hides in an adapter's section what may be a secret, and shows the rest", () => {
    const config = {
      base_url: 'https://user:canary@quay.io/api?access=canary',
      organization: 'redhat-openshift',
      token_file: '/token',
      retries: 3,
      projects: ['one'],
      token: 'canary',
      nested: { clientSecret: 'canary', passwords: ['canary'] },
      credentials: { anything: 'canary' },
      list: [{ api_key: 'canary' }],
    }
    const shown = printed({ config })['registries'] as ReadonlyArray<{ readonly config: unknown }>
    expect(JSON.stringify(shown)).not.to.include('canary')
    expect(shown[0]?.config).to.deep.include({
      organization: 'redhat-openshift',
      token_file: '/token',
      retries: 3,
      projects: ['one'],
      base_url: 'https://**REDACTED**@quay.io/api?**REDACTED**',
    })
  })
})
