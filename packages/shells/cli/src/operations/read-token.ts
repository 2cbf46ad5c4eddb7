import { type SecretText, secretText } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import type { ProcessContext } from '../process-context.ts'
import { describeFileFault } from '../read-file.ts'

export const tokenFileVariable = 'HYPERFLEET_PULL_SECRET_TOKEN_FILE'
export const tokenVariable = 'HYPERFLEET_PULL_SECRET_TOKEN'

const refused = (message: string): E.Either<CommandFailure, never> =>
  E.left({
    code: 'TOKEN',
    exit: 'access',
    message,
    hint: `provide a file with --token-file or ${tokenFileVariable}, or set ${tokenVariable}`,
  })

const wrap = (text: string, origin: string): E.Either<CommandFailure, SecretText> => {
  const token = text.trim()
  if (token === '') return refused(`${origin} contains no token`)
  return /^[\x21-\x7e]+$/.test(token)
    ? E.right(secretText(token))
    : refused(`${origin} must contain one token and nothing else: ASCII without spaces or line breaks`)
}

/** The bearer token for a server: from the named file, else the environment's file, else the environment itself. */
export const readToken = async (
  namedFile: string | undefined,
  { env, readFile }: Pick<ProcessContext, 'env' | 'readFile'>,
): Promise<E.Either<CommandFailure, SecretText>> => {
  const file = namedFile ?? env[tokenFileVariable]
  if (file === undefined) return wrap(env[tokenVariable] ?? '', `the variable ${tokenVariable}`)
  const text = await readFile(file)
  return E.isLeft(text)
    ? refused(`the token file ${file} ${describeFileFault[text.left]}`)
    : wrap(text.right, `the token file ${file}`)
}
