import type { Migrations, StartFault } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { failureOfStart } from '../failures/start-failure.ts'
import { openSchema } from './open-composition.ts'
import type { CommandAnswer } from './operations.ts'

type Names = ReadonlyArray<string>

const refused = ({ message, mayPass }: StartFault): CommandFailure => ({
  code: 'MIGRATION',
  exit: mayPass === true ? 'unavailable' : 'usage',
  message: `the migrations failed; nothing was changed\n  ${message}\n`,
  hint: 'check that the database user owns the schema, then retry',
})

const withMigrations = async <A>(
  config: Config['database'],
  work: (migrations: Migrations) => Promise<A>,
): CommandAnswer<A> => {
  const opened = await openSchema(config)
  if (E.isLeft(opened)) return E.left(failureOfStart(opened.left))
  try {
    return E.right(await work(opened.right))
  } catch (error) {
    return E.left(refused(opened.right.faultOf(error)))
  } finally {
    await opened.right.close()
  }
}

export interface PendingMigrations {
  readonly names: Names
  /** In the order of their execution; empty when nothing is pending. */
  readonly statements: ReadonlyArray<string>
}

/** The pending migrations and their statements. Changes nothing. */
export const pendingMigrations = (config: Config['database']): CommandAnswer<PendingMigrations> =>
  withMigrations(config, async ({ pending, statements }) => ({
    names: await pending(),
    statements: await statements(),
  }))

/** Applies the pending migrations; returns their names. */
export const applyMigrations = (config: Config['database']): CommandAnswer<Names> =>
  withMigrations(config, ({ run }) => run())
