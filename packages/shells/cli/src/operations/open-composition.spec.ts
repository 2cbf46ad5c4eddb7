import type { Config } from '@pull-secret/config'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { openSchema } from './open-composition.ts'

/** A configuration that nobody expects: reading its address throws. */
const throwing = (error: unknown): Config['database'] =>
  Object.defineProperty({} as Config['database'], 'urlFile', {
    get: () => {
      throw error
    },
  })

const faultsOf = async (error: unknown): Promise<unknown> => {
  const opened = await openSchema(throwing(error))
  return E.isLeft(opened) ? opened.left : 'opened'
}

describe('what nobody expects while the service is opened', () => {
  it('is told by its name and code, and its text, which may hold a secret, is not', async () => {
    const error = Object.assign(new RangeError('postgres://user:canary@nowhere'), { code: 'ERR_OUT_OF_RANGE' })
    expect(await faultsOf(error)).to.deep.equal([{ message: 'an unexpected error: RangeError, code ERR_OUT_OF_RANGE' }])
  })

  it('is told by its name where it has no code, or none that looks like one', async () => {
    const odd = Object.assign(new TypeError('canary'), { code: 'the password is canary' })
    expect(await faultsOf(odd)).to.deep.equal([{ message: 'an unexpected error: TypeError' }])
    const renamed = Object.assign(new Error('canary'), { name: 'it is canary' })
    expect(await faultsOf(renamed)).to.deep.equal([{ message: 'an unexpected error: Error' }])
    expect(await faultsOf('canary')).to.deep.equal([{ message: 'an unexpected error: string' }])
  })
})
