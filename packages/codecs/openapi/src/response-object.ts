import type { ProblemSlug } from '@pull-secret/wire'
import type { SchemaObject } from './named-schemas.ts'

export interface MediaTypeObject {
  readonly schema: SchemaObject
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, object>>
}

/** One answer. */
export interface ResponseObject {
  readonly description: string
  readonly headers: Readonly<Record<string, object>>
  /** By media type. Absent: no body. */
  readonly content?: Readonly<Record<string, MediaTypeObject>>
  /** The kinds of problem that it may be; each ends the `type` of a problem. */
  readonly 'x-problem-kinds'?: ReadonlyArray<ProblemSlug>
}
