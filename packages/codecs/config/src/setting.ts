import type * as t from 'io-ts'

/**
 * How the text of a variable or flag is read. A secret has no flag: command lines are visible to everyone on the
 * machine.
 */
export type SettingKind = 'text' | 'number' | 'boolean' | 'json' | 'secret'

/** One key of the configuration. */
export interface Setting<A> {
  readonly kind: SettingKind
  readonly codec: t.Decoder<unknown, A>
  readonly required: boolean
  readonly fallback?: A
  /** What holds where it is not set follows from the mode of the deployment, and is decided where that is composed. */
  readonly isLeftToMode?: boolean
  /** For people: what it sets, in one line without a full stop. */
  readonly meaning: string
}

export const required = <A>(kind: SettingKind, codec: t.Decoder<unknown, A>, meaning: string): Setting<A> => ({
  kind,
  codec,
  required: true,
  meaning,
})

export const withDefault = <A>(
  kind: SettingKind,
  codec: t.Decoder<unknown, A>,
  fallback: A,
  meaning: string,
): Setting<A> => ({
  kind,
  codec,
  required: false,
  fallback,
  meaning,
})

export const optional = <A>(
  kind: SettingKind,
  codec: t.Decoder<unknown, A>,
  meaning: string,
): Setting<A | undefined> => ({
  kind,
  codec,
  required: false,
  meaning,
})

/** Absent where it is not set: the mode of the deployment decides then. */
export const leftToMode: typeof optional = (...setting) => ({ ...optional(...setting), isLeftToMode: true })
