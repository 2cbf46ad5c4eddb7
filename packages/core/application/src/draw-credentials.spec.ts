import { makeRegistries } from '@pull-secret/domain'
import { aRegistry } from '@pull-secret/domain/testing'
import { makeInMemoryCipher, makeInMemoryIds } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { keylessCipher } from '../test/keyless-cipher.ts'
import { drawCredentials } from './draw-credentials.ts'

const cipher = makeInMemoryCipher()

describe('draw credentials', () => {
  it('draws for enabled registries, with a sealed secret only where the service chooses it', async () => {
    const all = makeRegistries([
      aRegistry('quay'),
      aRegistry('harbor', { capabilities: { recoveryClass: 'caller-secret' } }),
      aRegistry('off', { enabled: false }),
    ])
    const result = await drawCredentials({ ids: makeInMemoryIds(), cipher, registries: all })()
    const draws = E.isRight(result) ? result.right : {}
    expect(Object.keys(draws)).to.deep.equal(['quay', 'harbor'])
    expect([draws['quay']?.sealedToken, draws['quay']?.entropy.length]).to.deep.equal([undefined, 32])
    const { credentialId = '', sealedToken = '' } = draws['harbor'] ?? {}
    expect(E.isRight(cipher.open(sealedToken, `${credentialId}|harbor`))).to.equal(true)
  })

  it('fails without a key', async () => {
    const all = makeRegistries([aRegistry('harbor', { capabilities: { recoveryClass: 'caller-secret' } })])
    expect(await drawCredentials({ ids: makeInMemoryIds(), cipher: keylessCipher, registries: all })()).to.deep.equal(
      E.left({ code: 'KEY_UNAVAILABLE', keyId: 'k' }),
    )
  })
})
