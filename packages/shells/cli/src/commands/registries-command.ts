import type { RegistriesBody } from '@pull-secret/wire'
import { Command } from 'commander'
import { presentRegistries } from '../presenters/present-registries.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import type { CommandContext } from './command-context.ts'
import { addOutputOption } from './output-options.ts'
import { outcomeOf, perform } from './perform.ts'
import { addTargetOptions, type ParsedOptions } from './target-options.ts'
import { withOperations } from './with-operations.ts'

interface RegistriesOptions extends ParsedOptions {
  readonly output: OutputFormat
}

/** A disabled registry is asked too, but nothing depends on its answer. */
const isFailing = ({ registries }: RegistriesBody): boolean =>
  registries.some(({ enabled, access }) => enabled && access?.status === 'failing')

/** A check asks every vendor. */
const timeoutSeconds = 30

const show =
  (context: CommandContext, query: { readonly check: boolean }) =>
  (options: RegistriesOptions): Promise<void> =>
    perform(context, () =>
      withOperations(
        context,
        options,
        async ({ perform: ask }) =>
          outcomeOf(
            await ask('listRegistries', { parameters: {}, query }, { timeoutSeconds }),
            ({ body }) => render(presentRegistries(body), options.output),
            ({ body }) => (isFailing(body) ? 'checkFailed' : 'ok'),
          ),
        { onlyLooks: true },
      ),
    )

export const registriesCommand = (context: CommandContext): Command =>
  new Command('registries')
    .description('the configured registries')
    .addCommand(
      addTargetOptions(addOutputOption(new Command('list')))
        .description('list the registries')
        .action(show(context, { check: false })),
    )
    .addCommand(
      addTargetOptions(addOutputOption(new Command('check')))
        .description("ask each registry whether the service's access works")
        .action(show(context, { check: true })),
    )
