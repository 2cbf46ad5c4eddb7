import type { DatabasePlace } from './database-place.ts'

/** What is sent to the database, without its values. */
export interface SentStatement {
  /** One of a few. */
  readonly name: string
  readonly place: DatabasePlace
}

/** Sends a statement and passes on how it ended. */
export type AroundStatement = <A>(statement: SentStatement, send: () => Promise<A>) => Promise<A>

/** Sends what has a name. */
export type Send = <A>(name: string, send: () => Promise<A>) => Promise<A>

/** `placeNow` is where a connection leads to that is opened now. */
export const sendingWith = (around: AroundStatement | undefined, placeNow: () => DatabasePlace): Send =>
  around === undefined ? (_name, send) => send() : (name, send) => around({ name, place: placeNow() }, send)
