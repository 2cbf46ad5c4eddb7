import { decodeBody, type HttpAnswer, isSuccess, secret } from '@pull-secret/registry-http'
import * as t from 'io-ts'

const nullable = <A>(codec: t.Type<A, unknown>) => t.union([codec, t.null])

/** What is used of the vendor's `PartnerServiceAccountV1`. */
export const serviceAccount = t.intersection([
  t.type({ name: t.string }),
  t.partial({
    description: nullable(t.string),
    credentials: nullable(t.partial({ username: nullable(t.string), password: nullable(secret) })),
  }),
])
export type ServiceAccount = t.TypeOf<typeof serviceAccount>

const problemBody = t.partial({ message: t.string, error: t.string, detail: t.string })

/**
 * The vendor's text for a missing account is known from HyperFleet's design documents, the shape around it is not:
 * nothing, JSON and that text alone are understood. A page of something in front of the vendor is not.
 */
export const saysAccountIsMissing = (answer: HttpAnswer, notFoundStatuses: ReadonlyArray<number>): boolean => {
  if (!notFoundStatuses.includes(answer.status)) return false
  return (
    answer.body.trim() === '' ||
    decodeBody(problemBody, answer) !== undefined ||
    /^"?service account not found/i.test(answer.body.trim())
  )
}

/** Documented as 200 or 204, both without a body. */
export const saysDeleted = (answer: HttpAnswer): boolean =>
  isSuccess(answer) && (answer.body.trim() === '' || decodeBody(t.unknown, answer) !== undefined)
