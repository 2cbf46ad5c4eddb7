import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { recordedProcessContext } from '../../test/process-context.ts'
import { type CommandFailure, usageFailure } from '../failures/command-failure.ts'
import type { NamedFormat } from '../presenters/view.ts'
import { type Snapshot, watchList } from './watch-list.ts'

const unavailable: CommandFailure = { code: 'SERVICE_UNAVAILABLE', exit: 'unavailable', message: 'starting' }

const seen = (text: string, notice?: string) =>
  E.right<CommandFailure, Snapshot>({ printed: `${text}\n`, identity: text, notice })

/** Watches until every answer has been given, and is stopped then. */
const watched = async (
  answers: ReadonlyArray<E.Either<CommandFailure, Snapshot>>,
  { isTTY = false, format = 'table' }: { readonly isTTY?: boolean; readonly format?: NamedFormat } = {},
) => {
  const stopping = new AbortController()
  const rest = [...answers]
  const pauses: Array<number> = []
  const recorded = recordedProcessContext({
    isTTY,
    stop: stopping.signal,
    sleep: async (milliseconds) => {
      pauses.push(milliseconds)
      if (rest.length === 0) stopping.abort('SIGINT')
    },
  })
  const read = async () => rest.shift() ?? E.left(unavailable)
  const ended = await watchList({ read, processContext: recorded.processContext, format })
  return { ended, pauses, stdout: recorded.stdout(), stderr: recorded.stderr() }
}

const clear = '\u001B[H\u001B[2J'

describe('a list that is watched', () => {
  it('is drawn in place on a terminal, each time', async () => {
    const { stdout, pauses, ended } = await watched([seen('one'), seen('one'), seen('two')], { isTTY: true })
    expect(stdout).to.equal(`${clear}one\n${clear}one\n${clear}two\n`)
    expect(pauses).to.deep.equal([5000, 5000, 5000])
    expect(ended).to.deep.equal(E.right(undefined))
  })

  it('lets nobody else move the cursor of the terminal', async () => {
    const { stdout } = await watched([seen('\u001B[31m')], { isTTY: true })
    expect(stdout).to.equal(`${clear}\u{FFFD}[31m\n`)
  })

  it('is printed whole for a program, again when it has changed', async () => {
    const answers = [seen('one'), seen('one'), seen('two'), seen('two'), seen('one')]
    expect((await watched(answers)).stdout).to.equal('one\n\ntwo\n\none\n')
    expect((await watched(answers, { format: 'name' })).stdout).to.equal('one\n\ntwo\n\none\n')
    expect((await watched(answers, { format: 'json' })).stdout).to.equal('one\ntwo\none\n')
    expect((await watched(answers, { format: 'yaml' })).stdout).to.equal('one\n---\ntwo\n---\none\n')
  })

  it('says each time when there is more of it', async () => {
    expect((await watched([seen('one', 'more\n'), seen('two', 'more\n')])).stderr).to.equal('more\nmore\n')
  })

  it('tells a failure that may pass once, and goes on', async () => {
    const failed = E.left(unavailable)
    const { stdout, stderr } = await watched([seen('one'), failed, failed, seen('two'), failed])
    expect(stdout).to.equal('one\n\ntwo\n')
    expect(stderr.match(/SERVICE_UNAVAILABLE/g)).to.have.length(2)
  })

  it('asks no sooner than the server wants, an hour later at most', async () => {
    const late = (retryAfterSeconds: number) => E.left({ ...unavailable, retryAfterSeconds })
    expect((await watched([seen('one'), late(2), late(60), late(999_999_999)])).pauses).to.deep.equal([
      5000, 5000, 60_000, 3_600_000,
    ])
  })

  it('ends with a failure that comes first, or that does not pass', async () => {
    expect((await watched([E.left(unavailable)])).ended).to.deep.equal(E.left(unavailable))
    const wrong = E.left(usageFailure('wrong'))
    expect((await watched([seen('one'), wrong])).ended).to.equal(wrong)
  })
})
