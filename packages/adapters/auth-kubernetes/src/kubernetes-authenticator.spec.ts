import { secretText } from '@pull-secret/domain'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { makeKubernetesAuthenticator, makeTokenVerdicts } from './kubernetes-authenticator.ts'
import type { SendReview } from './review-client.ts'

const clock = { now: () => 0, monotonic: () => 0 }

/** Knows every token, and of its audiences the first alone. */
const firstAudienceOnly: SendReview = (_, review) => {
  const { audiences } = (review as { readonly spec: { readonly audiences: ReadonlyArray<string> } }).spec
  const common = audiences.filter((audience) => audience === 'first')
  return Promise.resolve(
    E.right({
      kind: 'TokenReview',
      status: common.length === 0 ? {} : { authenticated: true, user: { username: 'adapter' }, audiences: common },
    }),
  )
}

describe('the Kubernetes authenticator', () => {
  it('lets nobody in for one audience because of what it was told for another', async () => {
    const verdicts = makeTokenVerdicts(clock)
    const mayEnter = async (audience: string): Promise<boolean> => {
      const { authenticate } = makeKubernetesAuthenticator({
        send: firstAudienceOnly,
        clock,
        audiences: [audience],
        verdicts,
        onUnreadable: () => undefined,
      })
      return E.isRight(await authenticate(secretText('token'))())
    }
    expect([await mayEnter('first'), await mayEnter('second'), await mayEnter('first')]).to.deep.equal([
      true,
      false,
      true,
    ])
  })
})
