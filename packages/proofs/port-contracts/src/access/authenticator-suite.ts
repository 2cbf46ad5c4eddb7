import { inspect } from 'node:util'
import { type Authenticator, secretText, type Subject } from '@pull-secret/domain'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { fail, succeed } from '../expectations.ts'

/** A token that says itself when it expires. */
export interface MortalToken {
  readonly token: string
  readonly name: string
  /** Lets the moment come at which it expires, and no more time pass. */
  readonly expire: () => Promise<void>
}

export interface AuthenticatorSubject {
  readonly authenticator: Authenticator
  /** Whether its source knows groups, uid and extra of a holder, or a name alone. */
  readonly knowsMoreThanNames: boolean
  /** A token that one of the holders was given for another service. `undefined` where tokens are for no service. */
  readonly foreignToken: string | undefined
  /** `undefined` where tokens do not say when they expire. */
  readonly mortal: MortalToken | undefined
  /**
   * Makes a token invalid at its source, and lets the time pass that the adapter may need to hear of it. `undefined`
   * where tokens cannot be withdrawn.
   */
  readonly withdraw: ((token: string) => Promise<void>) | undefined
  /** Gives a holder a token, and lets the time pass that the adapter may need to hear of it. */
  readonly admit: (token: string, name: string) => Promise<void>
  /** Makes the source of its knowledge unusable, felt at once, and usable again. `undefined` where it cannot be. */
  readonly cutOff: (() => Promise<void>) | undefined
  readonly reconnect: (() => Promise<void>) | undefined
  readonly close: () => Promise<void>
}

/** Opens an authenticator that knows the given holders, by their tokens. */
export type OpenAuthenticator = (holders: Readonly<Record<string, Subject>>) => Promise<AuthenticatorSubject>

const one: Subject = {
  name: 'system:serviceaccount:adapters:one',
  groups: ['system:serviceaccounts', 'system:serviceaccounts:adapters'],
  uid: '00000000-0000-4000-8000-000000000001',
  extra: { 'example.org/pod-name': ['one-0'] },
}
const two: Subject = { name: 'system:serviceaccount:adapters:two' }
const holders: Readonly<Record<string, Subject>> = {
  'token-of-one': one,
  'token-of-two': two,
  'second-token-of-one': one,
}

/** A token whose claims anybody can write, and that nobody has signed. */
const forgedToken = ({ name }: Subject): string =>
  [{ alg: 'none' }, { sub: name, exp: 4_102_444_800 }, 'signature']
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')

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
    const nameOf = async (token: string): Promise<string> => (await succeed(authenticate(token))).name
    const refusalOf = async (token: string): Promise<string> => (await fail(authenticate(token))).code

    it('names the holder of each token', async () => {
      for (const [token, { name }] of Object.entries(holders)) expect(await nameOf(token)).to.equal(name)
    })

    it('tells what it knows of a holder beside the name, and of each holder its own', async () => {
      const found = await succeed(authenticate('token-of-one'))
      if (!subject.knowsMoreThanNames) {
        expect(found).to.deep.equal({ name: one.name })
        return
      }
      expect(found.groups).to.include.members([...(one.groups ?? [])])
      expect([found.uid, found.extra]).to.deep.equal([one.uid, one.extra])
      const other = await succeed(authenticate('token-of-two'))
      expect(other.groups ?? []).not.to.include.members([...(one.groups ?? [])])
      expect([other.uid, other.extra]).to.deep.equal([undefined, undefined])
    })

    it('gives many simultaneous callers each their own name', async () => {
      const tokens = Array.from({ length: 10 }, () => Object.keys(holders)).flat()
      const names = await Promise.all(tokens.map(nameOf))
      expect(names).to.deep.equal(tokens.map((token) => holders[token]?.name))
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

    it('refuses a token that states a name, and vouches for no name that it does not know to be true', async () => {
      const refused = await fail(authenticate(forgedToken(one)))
      expect(refused.code).to.equal('NOT_AUTHENTICATED')
      expect(refused.code === 'NOT_AUTHENTICATED' && refused.caller?.isProven).not.to.equal(true)
    })

    it('refuses a token that is for another service, whoever holds it', async () => {
      if (subject.foreignToken === undefined) return
      expect(await refusalOf(subject.foreignToken)).to.equal('NOT_AUTHENTICATED')
    })

    it('refuses a token from the moment at which it expires, though it has just let it in', async () => {
      if (subject.mortal === undefined) return
      const { token, name, expire } = subject.mortal
      expect(await nameOf(token)).to.equal(name)
      await expire()
      expect(await refusalOf(token)).to.equal('NOT_AUTHENTICATED')
    })

    it('forgets a token that was withdrawn, and no other', async () => {
      if (subject.withdraw === undefined) return
      await succeed(authenticate('token-of-one'))
      await subject.withdraw('token-of-one')
      expect(await refusalOf('token-of-one')).to.equal('NOT_AUTHENTICATED')
      expect(await nameOf('second-token-of-one')).to.equal(one.name)
    })

    it('lets a token in that became valid after it was refused', async () => {
      expect(await refusalOf('third-token-of-one')).to.equal('NOT_AUTHENTICATED')
      await subject.admit('third-token-of-one', one.name)
      expect(await nameOf('third-token-of-one')).to.equal(one.name)
    })

    it('says neither yes nor no while it cannot know, not even of what it knew before', async () => {
      if (subject.cutOff === undefined || subject.reconnect === undefined) return
      await succeed(authenticate('token-of-one'))
      await subject.cutOff()
      expect([await refusalOf('token-of-one'), await refusalOf('stranger')]).to.deep.equal([
        'ACCESS_UNAVAILABLE',
        'ACCESS_UNAVAILABLE',
      ])
    })

    it('knows again as soon as it can, and remembers nothing of what it could not answer', async () => {
      if (subject.cutOff === undefined || subject.reconnect === undefined) return
      await subject.cutOff()
      await Promise.all(['token-of-one', 'stranger'].map(refusalOf))
      await subject.reconnect()
      expect(await nameOf('token-of-one')).to.equal(one.name)
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
