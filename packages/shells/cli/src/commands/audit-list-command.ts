import { type AnswerOf, auditActions } from '@pull-secret/wire'
import { Command, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { presentAuditLog } from '../presenters/present-audit-log.ts'
import type { CommandContext } from './command-context.ts'
import { addListOptions, type ListOptions } from './list-options.ts'
import { type Moment, moment } from './option-values.ts'
import { showList } from './show-list.ts'

interface AuditListOptions extends ListOptions {
  readonly cluster?: string
  readonly subject?: string
  readonly action?: (typeof auditActions)[number]
  readonly since?: Moment
  readonly until?: Moment
}

const itemsOf = ({ body }: AnswerOf<'listAuditLog'>) => ({ items: body.records, nextCursor: body.next_cursor })

export const auditListCommand = (context: CommandContext): Command =>
  addListOptions(new Command('list'))
    .description('list records of the audit, the newest first')
    .option('--cluster <id>', 'only records of this cluster')
    .option('--subject <name>', 'only what this subject asked for')
    .addOption(new Option('--action <action>', 'only records of this action').choices(auditActions))
    .option('--since <when>', 'only records from then on: so long ago, such as 24h, or a timestamp', moment)
    .option('--until <when>', 'only records before then: so long ago, such as 24h, or a timestamp', moment)
    .action(({ cluster, subject, action, since, until, ...options }: AuditListOptions) =>
      showList(context, options, {
        title: 'records',
        readPage: async (perform, page, now) => {
          const filter = { cluster_id: cluster, subject, action }
          const query = { ...filter, from: since?.(now), until: until?.(now), ...page }
          return E.map(itemsOf)(await perform('listAuditLog', { parameters: {}, query }))
        },
        present: presentAuditLog,
      }),
    )
