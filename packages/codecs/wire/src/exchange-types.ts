import type * as t from 'io-ts'
import type { OperationId, operations } from './operations.ts'

type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never

/** The path parameters of an operation. */
export type ParametersOf<Id extends OperationId> = Readonly<
  Record<ParameterOf<(typeof operations)[Id]['path']>, string>
>

type QueryOf<Id extends OperationId> = (typeof operations)[Id] extends { readonly query: infer Query extends t.Mixed }
  ? { readonly query?: t.TypeOf<Query> }
  : { readonly query?: undefined }

type BodyOf<Id extends OperationId> = (typeof operations)[Id] extends { readonly body: infer Body extends t.Mixed }
  ? { readonly body: t.TypeOf<Body> }
  : { readonly body?: undefined }

/** A request for any operation. */
export interface AnyRequest {
  readonly parameters: Readonly<Record<string, string>>
  readonly query?: object
  readonly body?: unknown
}

/** A request for one operation, as its codecs read it. */
export type RequestOf<Id extends OperationId> = {
  readonly parameters: ParametersOf<Id>
} & QueryOf<Id> &
  BodyOf<Id>

type AnswerCodecs<Id extends OperationId> = (typeof operations)[Id]['answers']

/** An answer of one operation that is not a problem. */
export type AnswerOf<Id extends OperationId> = {
  [Status in keyof AnswerCodecs<Id>]: AnswerCodecs<Id>[Status] extends infer Codec extends t.Mixed
    ? { readonly status: Status; readonly body: t.TypeOf<Codec> }
    : never
}[keyof AnswerCodecs<Id>]
