import type { AnswerOf } from '@pull-secret/wire'
import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { presentStuck } from '../presenters/present-stuck.ts'
import type { CommandContext } from './command-context.ts'
import { addListOptions, type ListOptions } from './list-options.ts'
import { showList } from './show-list.ts'

const itemsOf = ({ body }: AnswerOf<'listStuck'>) => ({ items: body.stuck, nextCursor: body.next_cursor })

export const stuckCommand = (context: CommandContext): Command =>
  addListOptions(new Command('stuck'))
    .description('list work at registries that waits for somebody, with what to do; exits with 8 when there is any')
    .action((options: ListOptions) =>
      showList(context, options, {
        title: 'stuck work',
        readPage: async (perform, page) =>
          E.map(itemsOf)(await perform('listStuck', { parameters: {}, query: { ...page } })),
        present: presentStuck,
        exit: (items) => (items.length === 0 ? 'ok' : 'checkFailed'),
      }),
    )
