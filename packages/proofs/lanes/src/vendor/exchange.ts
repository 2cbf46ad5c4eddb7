/** A request and its answer, as they were on the wire. */
export interface Exchange {
  readonly method: string
  /** With its query. */
  readonly path: string
  /** `undefined` where there was none. */
  readonly requestBody: unknown
  readonly status: number
  readonly mediaType: string
  readonly answerBody: unknown
}
