/** Why an embedded server could not be started. Each code comes with one sentence that says what to do or look at. */
export type EmbeddedPostgresErrorCode =
  'ALREADY_RUNNING' | 'PORT_IN_USE' | 'UNREADABLE_DIRECTORY' | 'NO_BINARIES' | 'CANNOT_DROP_ROOT' | 'START_FAILED'

/** The only error `startEmbeddedPostgres` rejects with on purpose. Its message never contains the password. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode

  constructor(code: EmbeddedPostgresErrorCode, sentence: string) {
    super(sentence)
    this.name = 'EmbeddedPostgresError'
    this.code = code
  }
}
