// Here and not beside a source file because it plays the whole SDK against a server.
import { connect, inMemoryRegistry, type PullSecretError, type PullSecrets } from '@pull-secret/sdk'
import { expect } from 'chai'
import { refusalOf } from './refusal-of.ts'
import { serveInMemory, strangerToken, token } from './serve-in-memory.ts'

describe('a connected client before a server', () => {
  let server: Awaited<ReturnType<typeof serveInMemory>>
  const using = async <A>(
    options: { readonly path?: string; readonly token: string },
    use: (pullSecrets: PullSecrets) => Promise<A>,
  ): Promise<A> => {
    const pullSecrets = connect({ baseUrl: `${server.url}${options.path ?? ''}`, token: options.token })
    try {
      return await use(pullSecrets)
    } finally {
      await pullSecrets.close()
    }
  }
  const refusalWith = (given: string): Promise<PullSecretError> =>
    using({ token: given }, (pullSecrets) => refusalOf(pullSecrets.get('cls-abc123')))

  before(async () => {
    server = await serveInMemory([{ id: 'quay', adapter: inMemoryRegistry('quay.io') }])
  })
  after(() => server.close())

  it('is told whether it is not known or may not', async () => {
    expect(await refusalWith('unknown-token')).to.include({ code: 'UNAUTHORIZED', retryable: false })
    expect(await refusalWith(strangerToken))
      .to.include({ code: 'FORBIDDEN', retryable: false })
      .and.have.property('traceId')
      .match(/^[0-9a-f]{32}$/)
  })

  it("works behind the platform's prefix", async () => {
    const { document } = await using({ token, path: '/api/hyperfleet' }, (pullSecrets) =>
      pullSecrets.generate('cls-abc123'),
    )
    expect(Object.keys(document.auths)).to.deep.equal(['quay.io'])
  })

  it('is not led to believe that a wrong path has no pull secret', async () => {
    expect(
      await using({ token, path: '/elsewhere' }, (pullSecrets) => refusalOf(pullSecrets.get('cls-abc123'))),
    ).to.include({ code: 'UNEXPECTED_ANSWER' })
  })
})
