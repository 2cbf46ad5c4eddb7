import type { IncomingHttpHeaders } from 'node:http'
import type { Subject } from '@pull-secret/domain'
import type { AnsweredError, Operation } from '@pull-secret/wire'
import type { IO } from 'fp-ts/lib/IO.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Answer } from './answer.ts'

/** A request that a route takes, its body not read yet. */
export interface Call {
  readonly headers: IncomingHttpHeaders
  /** Where it comes from, as far as that is known. */
  readonly address: string
  /** The parameters of the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>
  /** What follows the question mark. */
  readonly query: string
  /** Present when the path names a cluster by an id that this deployment takes. */
  readonly clusterId?: string
  readonly requestId: string
  readonly traceId: string
  /** Adds headers to the answer, whatever it will be. */
  readonly addHeaders: (headers: Readonly<Record<string, string>>) => IO<void>
  /** Reads and parses the body. To be run once at most. */
  readonly body: TaskEither<AnsweredError, unknown>
}

export type RouteAnswer = TaskEither<AnsweredError, Answer>

/** How a route answers, whoever calls. */
export type AnswerCall = (call: Call) => RouteAnswer

/** How a route answers a caller who may do this. */
export type AnswerSubject = (call: Call, subject: Subject) => RouteAnswer

/** One route and what it does. */
export interface ServedRoute {
  readonly operation: Pick<Operation, 'method' | 'path'>
  readonly answer: AnswerCall
}
