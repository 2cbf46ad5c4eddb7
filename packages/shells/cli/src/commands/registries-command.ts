import type { RegistriesBody } from '@pull-secret/wire'
import { Command } from 'commander'
import { presentRegistries } from '../presenting/present-registries.ts'
import { type OutputFormat, render } from '../presenting/view.ts'
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

const show =
  (context: CommandContext, check: boolean) =>
  (options: RegistriesOptions): Promise<void> =>
    perform(context, () =>
      withOperations(
        context,
        options,
        async ({ registries }) =>
          outcomeOf(
            await registries(check),
            (body) => render(presentRegistries(body), options.output),
            (body) => (isFailing(body) ? 'checkFailed' : 'ok'),
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
        .action(show(context, false)),
    )
    .addCommand(
      addTargetOptions(addOutputOption(new Command('check')))
        .description("ask each registry whether the service's access works")
        .action(show(context, true)),
    )
