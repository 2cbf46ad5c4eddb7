import { hash } from 'node:crypto'
import { type Answer, emptyAnswer } from './answer.ts'

/** Weak, because proxies may compress the same content. */
const etagOf = (body: string): string => `W/"${hash('sha256', body, 'base64url')}"`

const withoutWeakness = (tag: string): string => tag.trim().replace(/^W\//, '')

const names = (ifNoneMatch: string, etag: string): boolean =>
  ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => withoutWeakness(tag) === withoutWeakness(etag))

/** The answer under its tag, or that the caller has it already (RFC 9110, 13.1.2). */
export const conditionalAnswer = (answer: Answer, ifNoneMatch: string | undefined): Answer => {
  const etag = etagOf(answer.body)
  return ifNoneMatch !== undefined && names(ifNoneMatch, etag)
    ? emptyAnswer(304, { ETag: etag })
    : { ...answer, headers: { ...answer.headers, ETag: etag } }
}
