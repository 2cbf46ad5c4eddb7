import type { RegistriesBody } from '@pull-secret/wire'
import { Command } from 'commander'
import { vendorCheckTimeout } from '../operations/vendor-check.ts'
import { presentRegistries } from '../presenters/present-registries.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import type { CommandContext } from './command-context.ts'
import { addOutputOption } from './output-options.ts'
import { outcomeOf, runCommand } from './run-command.ts'
import { addTargetOptions, type ParsedOptions } from './target-options.ts'
import { withOperations } from './with-operations.ts'

interface RegistriesOptions extends ParsedOptions {
  readonly output: OutputFormat
}

/** A disabled registry is checked too, but does not affect the exit code. */
const isFailing = ({ registries }: RegistriesBody): boolean =>
  registries.some(({ enabled, access }) => enabled && access?.status === 'failing')

const show =
  (context: CommandContext, query: { readonly check: boolean }) =>
  (options: RegistriesOptions): Promise<void> =>
    runCommand(context, () =>
      withOperations(
        context,
        options,
        async ({ perform }) =>
          outcomeOf(
            await perform('listRegistries', { parameters: {}, query }, vendorCheckTimeout),
            ({ body }) => render(presentRegistries(body), options.output),
            ({ body }) => (isFailing(body) ? 'checkFailed' : 'ok'),
          ),
        { readOnly: true },
      ),
    )

export const registriesCommand = (context: CommandContext): Command =>
  new Command('registries')
    .description('show or check the configured registries')
    .addCommand(
      addTargetOptions(addOutputOption(new Command('list')))
        .description('list the configured registries')
        .action(show(context, { check: false })),
    )
    .addCommand(
      addTargetOptions(addOutputOption(new Command('check')))
        .description("check the service's access at each registry")
        .action(show(context, { check: true })),
    )
