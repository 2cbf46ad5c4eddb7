import type { RegistriesBody } from '@pull-secret/wire'
import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { adoptFile } from '../operations/adopt-file.ts'
import { loadSettings } from '../operations/load-settings.ts'
import { vendorCheckTimeout } from '../operations/vendor-check.ts'
import { presentAdoptedFile } from '../presenters/present-adopted-file.ts'
import { presentRegistries } from '../presenters/present-registries.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import { untilStopped } from '../stopping/until-stopped.ts'
import type { CommandContext } from './command-context.ts'
import { addOutputOption } from './output-options.ts'
import { outcomeOf, runCommand } from './run-command.ts'
import { addConfigOptions, addTargetOptions, type ParsedOptions, settingFlags } from './target-options.ts'
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

const adoptFileCommand = (context: CommandContext): Command =>
  addConfigOptions(addOutputOption(new Command('adopt-file')), { listSettings: false })
    .description(
      "after a restore of the database: keep everybody in a registry's file, and let the service write it again",
    )
    .argument('<registry>', 'a registry whose credentials are users in a file, such as one of type distribution')
    .action((registryId: string, options: RegistriesOptions) =>
      runCommand(context, async () => {
        const { processContext, version } = context
        const config = await untilStopped(processContext.stop, () =>
          loadSettings(settingFlags(options), processContext),
        )
        if (E.isLeft(config)) return config
        return outcomeOf(await adoptFile(registryId, config.right, { processContext, version }), (adopted) =>
          render(presentAdoptedFile(registryId, adopted), options.output),
        )
      }),
    )

export const registriesCommand = (context: CommandContext): Command =>
  new Command('registries')
    .description('show, check or mend the configured registries')
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
    .addCommand(adoptFileCommand(context))
