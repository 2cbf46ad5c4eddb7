import { exactly } from '@pull-secret/decoding'
import type { Verification } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { fingerprint, oneOf } from './text-codecs.ts'

const fields = exactly(
  'the body of a verification request',
  {},
  {
    /** Of the whole document. */
    fingerprint,
    /** Of each host's entry by itself. */
    hosts: t.record(t.string, fingerprint, 'a fingerprint for each host'),
  },
)

export type VerificationBody = t.TypeOf<typeof fields>

/** The same place, seen as the record itself, so that faults bear the names of its fields. */
const asFields = (context: t.Context): t.Context =>
  context.map((entry, index) => (index === context.length - 1 ? { ...entry, type: fields } : entry))

/** What a caller believes its cluster holds: a fingerprint, one for each host, or both. */
export const verificationBody = new t.Type<VerificationBody, unknown>(
  fields.name,
  (value): value is VerificationBody => fields.is(value),
  (value, context) => {
    const result = fields.validate(value, asFields(context))
    if (E.isLeft(result) || result.right.fingerprint !== undefined || result.right.hosts !== undefined) return result
    return t.failures([{ value: undefined, context: [...context, { key: 'fingerprint', type: fingerprint }] }])
  },
  (body) => body,
)

export const verificationAnswer = t.type(
  {
    matches: t.boolean,
    hosts: t.record(t.string, oneOf('match', 'differs', 'missing', 'unexpected')),
  },
  'a verification',
)

export type VerificationAnswer = t.TypeOf<typeof verificationAnswer>

export const toVerificationAnswer = ({ matches, hosts }: Verification): VerificationAnswer => ({ matches, hosts })
