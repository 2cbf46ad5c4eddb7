/** Why a root could not be opened: one clear sentence, and the field it is about where there is one. Never a secret. */
export interface StartFault {
  readonly field?: string
  readonly message: string
  /** It may pass by itself, as where a server is restarting; anything else somebody has to correct. */
  readonly mayPass?: boolean
  /** The database is away, by this SQLSTATE or code of the connection. A server waits for it. */
  readonly outage?: string
}
