import { PullSecretError } from '@pull-secret/sdk'
import { expect } from 'chai'

/** The error that a call rejects with. */
export const refusalOf = async (call: Promise<unknown>): Promise<PullSecretError> => {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).to.be.instanceOf(PullSecretError)
  return error as PullSecretError
}
