import { decode, exactly, wholeNumber, type Mismatch } from '@pull-secret/decoding'
import type { Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { faultKinds, type FaultKind } from './faults.ts'
import type { Case } from './shrink.ts'

const most = 1_000_000_000
const count = wholeNumber(0, most)
const named = t.string

const act = t.union([
  exactly('a request', { kind: t.keyof({ generate: null, recreate: null, retrieve: null }), cluster: named }, {}),
  exactly('a delete', { kind: t.literal('delete'), cluster: named }, { incarnation: count }),
  exactly('a recovery or crash', { kind: t.keyof({ recover: null, crash: null }) }, {}),
  exactly('a repetition', { kind: t.literal('repeat'), of: count }, {}),
])

const operation = exactly('an operation', { number: count, act, deployment: count, replica: count, waitMilliseconds: count }, {})

const fault = t.keyof(Object.fromEntries(faultKinds.map((kind) => [kind, null])) as Readonly<Record<FaultKind, null>>)

const codec: t.Type<Case> = exactly('a case', {
  seed: count, vendors: t.readonlyArray(named), deployments: wholeNumber(1, 2), operations: t.readonlyArray(operation), faults: t.record(t.string, fault),
}, {})

/** A history with its faults as it was kept in a file. */
export const decodeCase = (value: unknown): Either<ReadonlyArray<Mismatch>, Case> => decode(codec, value)
