import type { PullSecretBody } from '@pull-secret/wire'
import { type Command, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { type CommandFailure, usageFailure } from '../failures/command-failure.ts'
import { presentPullSecret } from '../presenters/present-pull-secret.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import type { ProcessContext } from '../process-context.ts'
import { addOutputOption } from './output-options.ts'

export interface SecretOutput {
  readonly output: OutputFormat | 'dockerconfigjson'
  readonly showSecret?: boolean
}

/** Adds the options for a command that prints a pull secret. */
export const addSecretOutputOptions = (command: Command): Command =>
  addOutputOption(command, ['dockerconfigjson']).addOption(new Option('--show-secret', 'include the tokens'))

/**
 * The bare document is for a file or another program. A terminal keeps it in its history, so there it needs
 * `--show-secret`.
 */
export const refuseTerminal = (
  { output, showSecret }: SecretOutput,
  { stdout }: Pick<ProcessContext, 'stdout'>,
): E.Either<CommandFailure, void> =>
  output === 'dockerconfigjson' && stdout.isTTY === true && showSecret !== true
    ? E.left(
        usageFailure(
          'refusing to print live tokens to a terminal',
          'redirect the output to a file or a program, or add --show-secret',
        ),
      )
    : E.right(undefined)

/**
 * The bare document is byte for byte that of the API: a Secret made of it must not differ from one that is made
 * elsewhere. Only on a terminal a line break follows it.
 */
export const printPullSecret = (
  body: PullSecretBody,
  { output, showSecret }: SecretOutput,
  { stdout }: Pick<ProcessContext, 'stdout'>,
): string =>
  output === 'dockerconfigjson'
    ? `${body.dockerconfigjson}${stdout.isTTY === true ? '\n' : ''}`
    : render(presentPullSecret(body, { showSecret: showSecret === true }), output)
