import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import type { ExitName } from '../failures/exit-codes.ts'
import type { CommandAnswer, CommandOperations } from '../operations/operations.ts'
import { type PageRequest, type ReadItems, readList } from '../operations/read-list.ts'
import { type NamedView, renderNamed } from '../presenters/view.ts'
import type { CommandContext } from './command-context.ts'
import { limitOf, type ListOptions } from './list-options.ts'
import { makeProgress } from './progress.ts'
import { type CommandResult, type Outcome, runCommand } from './run-command.ts'
import { type Snapshot, watchList } from './watch-list.ts'
import { withOperations } from './with-operations.ts'

/** One list: how to read a page of it, and how to show what was read. `now`: milliseconds since 1970. */
export interface ShownList<Item> {
  /** For progress, in the plural. */
  readonly title: string
  readonly readPage: (
    perform: CommandOperations['perform'],
    page: PageRequest,
    now: number,
  ) => CommandAnswer<ReadItems<Item>>
  readonly present: (read: ReadItems<Item>, now: number) => NamedView
  readonly exit?: (items: ReadonlyArray<Item>) => ExitName
}

const stopped: E.Either<CommandFailure, Outcome> = E.right({ printed: '', exit: 'ok' })

const noticeOf = ({ items, nextCursor }: ReadItems<unknown>): string | undefined =>
  nextCursor === null ? undefined : `there is more after these ${String(items.length)}: --limit 0 lists all\n`

/** Runs the command that shows a list, once or until it is stopped. */
export const showList = <Item>(context: CommandContext, options: ListOptions, list: ShownList<Item>): Promise<void> => {
  const { processContext } = context
  const { present, title, exit = () => 'ok' } = list

  const read = ({ perform }: CommandOperations, now: number, onPage: (count: number) => void) =>
    readList(
      { readPage: (page) => list.readPage(perform, page, now), sleep: processContext.sleep, onPage },
      limitOf(options),
    )

  const once = async (operations: CommandOperations): CommandResult => {
    const now = processContext.now()
    const progress = makeProgress(processContext)
    const answer = await read(operations, now, (count) => progress.show(`reading ${title}: ${String(count)}`))
    progress.end()
    return E.map((items: ReadItems<Item>): Outcome => ({
      printed: renderNamed(present(items, now), options.output),
      exit: exit(items.items),
      notice: noticeOf(items),
    }))(answer)
  }

  const snapshot = async (operations: CommandOperations): CommandAnswer<Snapshot> => {
    const now = processContext.now()
    return E.map((items: ReadItems<Item>): Snapshot => {
      const view = present(items, now)
      return {
        printed: renderNamed(view, options.output),
        notice: noticeOf(items),
        identity: options.output === 'name' ? view.names.join('\n') : JSON.stringify(view.data),
      }
    })(await read(operations, now, () => undefined))
  }

  const watched = async (operations: CommandOperations): CommandResult =>
    E.map((): Outcome => ({ printed: '', exit: 'ok' }))(
      await watchList({ read: () => snapshot(operations), processContext, format: options.output }),
    )

  return runCommand(context, async () => {
    const isWatching = options.watch === true
    const result = await withOperations(context, options, isWatching ? watched : once, { readOnly: true })
    // A list is watched until it is stopped: that is its end, as it is of the service.
    return isWatching && processContext.stop.aborted ? stopped : result
  })
}
