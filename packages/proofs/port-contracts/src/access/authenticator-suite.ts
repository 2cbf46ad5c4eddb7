import { inspect } from 'node:util'
import { type Authenticator, secretText } from '@pull-secret/domain'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { fail, succeed } from '../expectations.ts'

export interface AuthenticatorSubject {
  readonly authenticator: Authenticator
  /**
   * Makes a token invalid at its source, and lets the time pass that the adapter may need to hear of it. `undefined`
   * where tokens cannot be withdrawn.
   */
  readonly withdraw: ((token: string) => Promise<void>) | undefined
  /** Makes the source of its knowledge unusable, felt at once, and usable again. `undefined` where it cannot be. */
  readonly cutOff: (() => Promise<void>) | undefined
  readonly reconnect: (() => Promise<void>) | undefined
  readonly close: () => Promise<void>
}

/** Opens an authenticator that knows the given holders, by their tokens. */
export type OpenAuthenticator = (holders: Readonly<Record<string, string>>) => Promise<AuthenticatorSubject>

const holders: Readonly<Record<string, string>> = {
  'token-of-one': 'system:serviceaccount:adapters:one',
  'token-of-two': 'system:serviceaccount:adapters:two',
  'second-token-of-one': 'system:serviceaccount:adapters:one',
}

/** What every adapter of `Authenticator` keeps. */
export const authenticatorSuite = (open: OpenAuthenticator): void => {
  describe('as an authenticator', () => {
    let subject: AuthenticatorSubject
    beforeEach(async () => {
      subject = await open(holders)
    })
    afterEach(async () => {
      await subject.close()
    })

    const authenticate = (token: string) => subject.authenticator.authenticate(secretText(token))
    const refusalOf = async (token: string): Promise<string> => (await fail(authenticate(token))).code

    it('names the holder of each token', async () => {
      for (const [token, name] of Object.entries(holders))
        expect((await succeed(authenticate(token))).name).to.equal(name)
    })

    it('gives many simultaneous callers each their own name', async () => {
      const tokens = Array.from({ length: 10 }, () => Object.keys(holders)).flat()
      const names = await Promise.all(tokens.map((token) => succeed(authenticate(token))))
      expect(names.map(({ name }) => name)).to.deep.equal(tokens.map((token) => holders[token]))
    })

    it('refuses a token that it does not know', async () => {
      for (const token of ['stranger', 'system:serviceaccount:adapters:one'])
        expect(await refusalOf(token), token).to.equal('NOT_AUTHENTICATED')
    })

    it('refuses an empty token', async () => {
      expect(await refusalOf('')).to.equal('NOT_AUTHENTICATED')
    })

    it('refuses what only resembles a token', async () => {
      for (const token of [
        'token-of-on',
        'token-of-one ',
        ' token-of-one',
        'TOKEN-OF-ONE',
        'token-of',
        'token-of-onetoken-of-two',
      ])
        expect(await refusalOf(token), token).to.equal('NOT_AUTHENTICATED')
    })

    it('refuses the names that every object of the language knows', async () => {
      for (const token of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
        expect(await refusalOf(token), token).to.equal('NOT_AUTHENTICATED')
    })

    it('forgets a token that was withdrawn, and no other', async () => {
      if (subject.withdraw === undefined) return
      await succeed(authenticate('token-of-one'))
      await subject.withdraw('token-of-one')
      expect(await refusalOf('token-of-one')).to.equal('NOT_AUTHENTICATED')
      expect((await succeed(authenticate('second-token-of-one'))).name).to.equal(holders['second-token-of-one'])
    })

    it('says neither yes nor no while it cannot know, not even of what it knew before', async () => {
      if (subject.cutOff === undefined || subject.reconnect === undefined) return
      await succeed(authenticate('token-of-one'))
      await subject.cutOff()
      expect([await refusalOf('token-of-one'), await refusalOf('stranger')]).to.deep.equal([
        'ACCESS_UNAVAILABLE',
        'ACCESS_UNAVAILABLE',
      ])
      await subject.reconnect()
      expect((await succeed(authenticate('token-of-one'))).name).to.equal(holders['token-of-one'])
      expect(await refusalOf('stranger')).to.equal('NOT_AUTHENTICATED')
    })

    it('repeats a token to nobody', async () => {
      const answers = [await authenticate('token-of-one')(), await authenticate('canary')()]
      const told = answers.flatMap((answer) => [JSON.stringify(answer), inspect(answer, { depth: 9 })]).join()
      expect([answers.map(E.isRight), told.includes('token-of-one'), told.includes('canary')]).to.deep.equal([
        [true, false],
        false,
        false,
      ])
    })
  })
}
