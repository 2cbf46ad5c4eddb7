import type { SecretText } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import type { ProcessContext } from '../process-context.ts'

/** Creates the file with the secret in it; a file that exists may hold the only copy of another one. */
export const createSecretFile = (
  path: string,
  secret: SecretText,
  { createFile }: Pick<ProcessContext, 'createFile'>,
): E.Either<CommandFailure, void> =>
  pipe(
    createFile(path, secret.reveal()),
    E.mapLeft((reason): CommandFailure => ({
      code: 'OUTPUT_FILE',
      exit: 'usage',
      message:
        reason === 'exists' ? `the file ${path} exists and is not overwritten` : `the file ${path} cannot be written`,
      hint: reason === 'exists' ? 'name a new file' : 'check the folder and its permissions',
    })),
  )
