/** One step of the schema: plain data, so that it can be named, printed and counted without what executes it. */
export interface SchemaMigration {
  /** Stored when it is applied; never changes. */
  readonly name: string
  /** In the order of their execution, without a semicolon at the end. */
  readonly statements: ReadonlyArray<string>
}
