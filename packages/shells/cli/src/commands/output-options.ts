import { type Command, Option } from 'commander'
import { outputFormats } from '../presenters/view.ts'

export const addOutputOption = (command: Command, further: ReadonlyArray<string> = []): Command =>
  command.addOption(
    new Option('-o, --output <format>', 'output format').choices([...outputFormats, ...further]).default('table'),
  )
