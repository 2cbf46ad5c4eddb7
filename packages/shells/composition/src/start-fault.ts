/** Why a root could not be opened: one clear sentence, and the field it is about where there is one. Never a secret. */
export interface StartFault {
  readonly field?: string
  readonly message: string
}
