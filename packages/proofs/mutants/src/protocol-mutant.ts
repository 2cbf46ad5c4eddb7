/**
 * One deliberate fault in the protocol: a piece of code that stands once in a file, in whatever layout, and what
 * stands there instead.
 */
export interface ProtocolMutant {
  readonly name: string
  readonly file: string
  readonly find: string
  readonly replace: string
}

export const at =
  (file: string) =>
  (name: string, find: string, replace: string): ProtocolMutant => ({ name, file, find, replace })
