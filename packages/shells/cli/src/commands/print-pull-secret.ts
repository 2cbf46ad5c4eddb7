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

/** Lets a command print a pull secret with its tokens, if it is told to. */
export const addSecretOutputOptions = (command: Command): Command =>
  addOutputOption(command, ['dockerconfigjson']).addOption(new Option('--show-secret', 'print the tokens too'))

/**
 * The bare document goes to a file or another program; a terminal keeps it in its history, so that it has to be asked
 * for.
 */
export const refuseTerminal = (
  { output, showSecret }: SecretOutput,
  { stdout }: Pick<ProcessContext, 'stdout'>,
): E.Either<CommandFailure, void> =>
  output === 'dockerconfigjson' && stdout.isTTY === true && showSecret !== true
    ? E.left(
        usageFailure(
          'the document holds live tokens, and this is a terminal',
          'pipe it on, redirect it to a file, or add --show-secret',
        ),
      )
    : E.right(undefined)

export const printPullSecret = (body: PullSecretBody, { output, showSecret }: SecretOutput): string =>
  output === 'dockerconfigjson'
    ? `${body.dockerconfigjson}\n`
    : render(presentPullSecret(body, showSecret === true), output)
