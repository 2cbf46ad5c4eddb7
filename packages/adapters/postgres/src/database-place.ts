/** Which database is meant, in words that are safe to log. */
export interface DatabasePlace {
  readonly host: string
  readonly port: number
  /** The role that connects. */
  readonly role: string
  readonly database: string
  readonly caFile?: string
}
