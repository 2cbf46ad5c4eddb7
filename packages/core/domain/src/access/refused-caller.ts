/** Whose token was refused. */
export interface RefusedCaller {
  /** 1 to 512 characters. */
  readonly name: string
  /** Somebody vouched for the name; otherwise the refused token only states it. */
  readonly isProven: boolean
}
