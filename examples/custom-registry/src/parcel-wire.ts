import { decodeBody, type HttpAnswer, secret } from '@pull-secret/registry-http'
import * as t from 'io-ts'

/** A key as create and a single read show it. */
export const key = t.type({ name: t.string, note: t.string, secret })
export type Key = t.TypeOf<typeof key>

/** A listing shows no secrets. `total` says how many keys there are, however many the answer holds. */
export const keyList = t.type({ keys: t.array(t.type({ name: t.string, note: t.string })), total: t.number })
export type ListedKey = t.TypeOf<typeof keyList>['keys'][number]

const problem = t.type({ error: t.string })

/** A 404 of the application names its reason; one of something in front of it does not. */
export const saysKeyIsMissing = (answer: HttpAnswer): boolean =>
  answer.status === 404 && decodeBody(problem, answer)?.error === 'no_such_key'

export const saysNameIsTaken = (answer: HttpAnswer): boolean =>
  answer.status === 409 && decodeBody(problem, answer)?.error === 'name_taken'
