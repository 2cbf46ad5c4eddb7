import type { Command } from 'commander'
import type { NamedFormat } from '../presenters/view.ts'
import { limitNumber } from './option-values.ts'
import { addOutputOption } from './output-options.ts'
import { addTargetOptions, type ParsedOptions } from './target-options.ts'

export interface ListOptions extends ParsedOptions {
  readonly output: NamedFormat
  readonly limit?: number
  readonly watch?: boolean
}

const tableLimit = 100

/** A table is for a person, who reads no thousand lines; a program must not miss a line. */
export const limitOf = ({ limit, output }: ListOptions): number => limit ?? (output === 'table' ? tableLimit : Infinity)

/** Adds the options of every list. */
export const addListOptions = (command: Command): Command =>
  addTargetOptions(addOutputOption(command, ['name']))
    .option(
      '--limit <number>',
      `list so many at most; 0: all (default: ${String(tableLimit)} in a table, all in other formats)`,
      limitNumber,
    )
    .option('--watch', 'list again every 5 s until stopped: on a terminal in place, else whenever the list has changed')
