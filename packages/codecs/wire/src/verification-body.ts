import { described, exactly, oneOf, schemaOf, withSchema } from '@pull-secret/decoding'
import type { Verification } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { fingerprint } from './text-codecs.ts'

const fields = exactly(
  'the body of a verification request',
  {},
  {
    fingerprint: described(fingerprint, 'Fingerprint of the whole document.'),
    hosts: described(
      t.record(t.string, fingerprint, 'a fingerprint for each host'),
      "Fingerprint of each host's entry by itself, by host.",
      { example: { 'quay.io': '2868a83deb3e9128f8f2639fddec2ae3e1524403054a183c382949ce5cd6166b' } },
    ),
  },
)

export type VerificationBody = t.TypeOf<typeof fields>

/** The same place, seen as the record itself, so that faults bear the names of its fields. */
const asFields = (context: t.Context): t.Context =>
  context.map((entry, index) => (index === context.length - 1 ? { ...entry, type: fields } : entry))

/** What a caller believes its cluster holds: a fingerprint, one for each host, or both. */
export const verificationBody = described(
  withSchema(
    new t.Type<VerificationBody, unknown>(
      fields.name,
      (value): value is VerificationBody => fields.is(value),
      (value, context) => {
        const result = fields.validate(value, asFields(context))
        if (E.isLeft(result) || result.right.fingerprint !== undefined || result.right.hosts !== undefined)
          return result
        return t.failures([{ value: undefined, context: [...context, { key: 'fingerprint', type: fingerprint }] }])
      },
      (body) => body,
    ),
    () => ({ ...schemaOf(fields), minProperties: 1 }),
  ),
  'What the cluster holds: a fingerprint of the whole document, one for each host, or both.',
  { title: 'VerificationRequest' },
)

export const verificationAnswer = described(
  t.type(
    {
      matches: described(t.boolean, 'Whether what the request names is what the service serves.'),
      hosts: described(
        t.record(t.string, oneOf('match', 'differs', 'missing', 'unexpected')),
        [
          'The verdict on each host: `missing` is served, but not named in the request; `unexpected` is named, but not',
          'served. Empty without `hosts` in the request.',
        ].join(' '),
        { example: { 'quay.io': 'match', 'registry.redhat.io': 'missing' } },
      ),
    },
    'a verification',
  ),
  'Whether a cluster holds its current pull secret.',
  { title: 'Verification' },
)

export type VerificationAnswer = t.TypeOf<typeof verificationAnswer>

export const toVerificationAnswer = ({ matches, hosts }: Verification): VerificationAnswer => ({ matches, hosts })
