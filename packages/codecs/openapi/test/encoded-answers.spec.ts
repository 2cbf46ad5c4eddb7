// Here and not beside a source file because it is about the encoders of wire.
import { schemaOf } from '@pull-secret/decoding'
import {
  type AccessCheck,
  documentText,
  type PullSecret,
  type RegistryReport,
  type RegistryStatus,
  type RevocationStatus,
  secretText,
  type Verification,
} from '@pull-secret/domain'
import {
  deletingBody,
  jobNames,
  jobRunBody,
  operations,
  pullSecretBody,
  registriesBody,
  toDeletingBody,
  toGeneratedBody,
  toJobRunBody,
  toRegistriesBody,
  toRetrievedBody,
  toVerificationAnswer,
  verificationAnswer,
} from '@pull-secret/wire'
import { expect } from 'chai'
import fc from 'fast-check'
import type * as t from 'io-ts'
import { buildDocument } from '../src/index.ts'
import { schemaValidator } from './schema-validator.ts'

const text = fc.string()
const name = fc.string({ minLength: 1 }).filter((given) => given !== '__proto__')
const maybe = <A>(values: fc.Arbitrary<A>) => fc.option(values, { nil: undefined })
const instant = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) })

const registryStatus: fc.Arbitrary<RegistryStatus> = fc.record({
  registryId: text,
  required: fc.boolean(),
  status: fc.constantFrom('active', 'pending', 'failing'),
  problem: maybe(fc.constantFrom('timeout')),
})

const pullSecret: fc.Arbitrary<PullSecret> = fc
  .dictionary(name, fc.record({ auth: text, email: text }, { requiredKeys: ['auth'] }))
  .chain((auths) =>
    fc.record({
      clusterId: text,
      incarnation: fc.nat(),
      document: fc.constant({ auths }),
      text: fc.constant(documentText({ auths })),
      fingerprint: fc.stringMatching(/^[0-9a-f]{64}$/),
      fingerprintKey: text.map(secretText),
      createdAt: instant,
      expiresAt: maybe(instant),
      refreshAfter: maybe(instant),
      credentials: fc.array(
        fc.record({
          registryId: text,
          username: text,
          generation: fc.nat(),
          createdAt: instant,
          expiresAt: maybe(instant),
        }),
      ),
      registries: fc.array(registryStatus),
    }),
  )

const revocation: fc.Arbitrary<RevocationStatus> = fc.record({
  registryId: name,
  status: fc.constantFrom('revoked', 'revoking', 'settling'),
  settlesAt: maybe(instant),
  problem: maybe(fc.constantFrom('timeout')),
  stuck: fc.boolean(),
})

const access: fc.Arbitrary<AccessCheck> = fc.oneof(
  fc.constant<AccessCheck>({ kind: 'working' }),
  fc.record({ kind: fc.constant('failing'), problem: fc.constantFrom('timeout'), detail: maybe(text) }),
)

const registry: fc.Arbitrary<RegistryReport> = fc.record({
  registryId: text,
  type: text,
  enabled: fc.boolean(),
  required: fc.boolean(),
  hosts: fc.array(text),
  budget: maybe(fc.record({ perMinute: fc.nat(), burst: fc.nat(), share: fc.double({ min: 0, max: 1, noNaN: true }) })),
  isCircuitOpen: fc.boolean(),
  access: maybe(access),
})

const verification: fc.Arbitrary<Verification> = fc.record({
  matches: fc.boolean(),
  hosts: fc.dictionary(name, fc.constantFrom('match', 'differs', 'missing', 'unexpected')),
})

const summary = fc.record({
  rows: fc.nat(),
  done: fc.nat(),
  waiting: fc.nat(),
  refused: fc.nat(),
  stuck: fc.nat(),
  clusters: fc.nat(),
  failed: fc.nat(),
  isFinished: fc.boolean(),
})

const validate = schemaValidator(buildDocument(operations, { errorsBaseUrl: 'https://docs.example/errors/' }))

const encodings: Readonly<Record<string, readonly [t.Mixed, fc.Arbitrary<object>]>> = {
  'a generated pull secret': [pullSecretBody, pullSecret.map(toGeneratedBody)],
  'a retrieved pull secret': [
    pullSecretBody,
    fc.tuple(pullSecret, fc.boolean()).map(([served, includeMetadata]) => toRetrievedBody(served, { includeMetadata })),
  ],
  'a deletion': [
    deletingBody,
    fc
      .record({ incarnation: fc.integer({ min: 1, max: 2 ** 31 - 1 }), registries: fc.array(revocation) })
      .map((deletion) => toDeletingBody({ kind: 'deleting', ...deletion })),
  ],
  'a verification': [verificationAnswer, verification.map(toVerificationAnswer)],
  registries: [registriesBody, fc.array(registry).map(toRegistriesBody)],
  'a run of a job': [
    jobRunBody,
    fc.tuple(fc.constantFrom(...jobNames), summary).map(([job, counted]) => toJobRunBody(job, counted)),
  ],
}

describe('what the service encodes', () => {
  for (const [what, [codec, bodies]] of Object.entries(encodings)) {
    it(`fits its schema, whatever it holds: ${what}`, () => {
      const fits = validate(schemaOf(codec))
      fc.assert(
        fc.property(bodies, (body) => {
          expect(fits(JSON.parse(JSON.stringify(body))), JSON.stringify(fits.errors)).to.equal(true)
        }),
      )
    })
  }
})
