import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { readToken } from './read-token.ts'
import { chooseTarget } from './target.ts'

const env = { HYPERFLEET_PULL_SECRET_SERVER: 'https://env.example' }

describe('where a command works', () => {
  it('is the server that is named, by flag before environment', () => {
    expect(chooseTarget({ server: 'https://flag.example', flags: {} }, { env })).to.deep.equal(
      E.right({ kind: 'server', url: 'https://flag.example', origin: '--server', tokenFile: undefined }),
    )
    expect(chooseTarget({ flags: {} }, { env })).to.deep.equal(
      E.right({
        kind: 'server',
        url: 'https://env.example',
        origin: 'HYPERFLEET_PULL_SECRET_SERVER',
        tokenFile: undefined,
      }),
    )
  })

  it('is the database when a setting is named, whatever the environment says', () => {
    expect(chooseTarget({ flags: { config: 'file.yaml' } }, { env })).to.deep.equal(
      E.right({ kind: 'database', flags: { config: 'file.yaml' } }),
    )
    expect(chooseTarget({ flags: {} }, { env: {} })).to.deep.equal(E.right({ kind: 'database', flags: {} }))
  })

  it('cannot be both', () => {
    const both = chooseTarget({ server: 'https://flag.example', flags: { 'database-pool-size': '2' } }, { env: {} })
    expect(E.isLeft(both) && [both.left.exit, both.left.message]).to.deep.equal([
      'usage',
      '--server and --database-pool-size are mutually exclusive',
    ])
    expect(E.isLeft(chooseTarget({ tokenFile: 'token', flags: { config: 'file.yaml' } }, { env: {} }))).to.equal(true)
    expect(E.isLeft(chooseTarget({ tokenFile: 'token', flags: {} }, { env: {} }))).to.equal(true)
  })
})

describe('the token for a server', () => {
  const readFile = async (path: string) => {
    if (path === 'empty') return E.right(' \n')
    if (path === 'two') return E.right('one\ntwo\n')
    if (path === 'long') return E.left('too_long' as const)
    return path.startsWith('token') ? E.right(`from-${path}\n`) : E.left('absent' as const)
  }
  const tokenOf = async (named: string | undefined, environment: Readonly<Record<string, string>>) => {
    const token = await readToken(named, { env: environment, readFile })
    return E.isRight(token) ? token.right.reveal() : token.left
  }

  it('comes from the named file, else the file of the environment, else the environment', async () => {
    const both = { HYPERFLEET_PULL_SECRET_TOKEN_FILE: 'token-env', HYPERFLEET_PULL_SECRET_TOKEN: 'bare' }
    expect(await tokenOf('token-flag', both)).to.equal('from-token-flag')
    expect(await tokenOf(undefined, both)).to.equal('from-token-env')
    expect(await tokenOf(undefined, { HYPERFLEET_PULL_SECRET_TOKEN: 'bare' })).to.equal('bare')
  })

  it('is missed with the exit code of access, and told where it belongs', async () => {
    for (const named of [undefined, 'empty', 'two', 'nowhere', 'long']) {
      expect(await tokenOf(named, {}))
        .to.include({ exit: 'access' })
        .and.to.have.property('hint')
        .that.includes('--token-file')
    }
    expect(await tokenOf('long', {})).to.have.property('message', 'the token file long is longer than 1 MiB')
  })
})
