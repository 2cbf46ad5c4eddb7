import { expect } from 'chai'
import { trustedRealm as findRealm } from './trusted-realm.ts'

const trustedRealm = (realm: string | undefined, registryUrl: string, realmHosts: ReadonlyArray<string>) =>
  findRealm(realm, registryUrl, { realmHosts, insecureHttp: false })

describe('trustedRealm', () => {
  const registry = 'https://registry.example.com'

  it('is on the registry itself, relative or not', () => {
    expect(trustedRealm('https://registry.example.com/auth', registry, [])?.href).to.equal(
      'https://registry.example.com/auth',
    )
    expect(trustedRealm('/auth', registry, [])?.href).to.equal('https://registry.example.com/auth')
  })

  it('is on another host only when that is named', () => {
    expect(trustedRealm('https://auth.example.com/', registry, [])).to.equal(undefined)
    expect(trustedRealm('https://auth.example.com/', registry, ['auth.example.com'])?.host).to.equal('auth.example.com')
    expect(trustedRealm('//auth.example.com/', registry, [])).to.equal(undefined)
    expect(trustedRealm('https://registry.example.com:8443/', registry, [])).to.equal(undefined)
  })

  it('is never in clear text, but between two ends on this machine', () => {
    expect(trustedRealm('http://registry.example.com/auth', registry, [])).to.equal(undefined)
    expect(trustedRealm('http://registry.example.com/auth', 'http://registry.example.com', [])).to.equal(undefined)
    expect(trustedRealm('http://127.0.0.1/auth', registry, ['127.0.0.1'])).to.equal(undefined)
    expect(trustedRealm('http://127.0.0.1:5000/auth', 'http://127.0.0.1:5000', [])?.href).to.equal(
      'http://127.0.0.1:5000/auth',
    )
    expect(trustedRealm('http://[::1]:5000/auth', 'http://[::1]:5000', [])?.port).to.equal('5000')
    expect(trustedRealm('http://127.evil.example/auth', 'http://127.evil.example', [])).to.equal(undefined)
  })

  it('may be in clear text where that is asked for, and never turns to it from an encrypted registry', () => {
    const insecure = { realmHosts: [], insecureHttp: true }
    expect(findRealm('http://registry.example.com/auth', 'http://registry.example.com', insecure)?.pathname).to.equal(
      '/auth',
    )
    expect(findRealm('http://registry.example.com/auth', registry, insecure)).to.equal(undefined)
  })

  it('is nowhere without an address', () => {
    expect(trustedRealm(undefined, registry, [])).to.equal(undefined)
    expect(trustedRealm('https://', registry, [])).to.equal(undefined)
    expect(trustedRealm('file:///etc/passwd', registry, [''])).to.equal(undefined)
  })
})
