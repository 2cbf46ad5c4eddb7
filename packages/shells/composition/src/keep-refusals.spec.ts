import type { Failure, Logger, RefusalEvent, RefusedRequest } from '@pull-secret/domain'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { type KeepRefusals, makeKeepRefusals } from './keep-refusals.ts'

type Lost = Failure<'LEDGER_UNAVAILABLE' | 'LEDGER_OUTCOME_UNKNOWN'>

const failure = (code: Lost['code']): Lost => ({
  code,
  retryAfterSeconds: 1,
  fault: { code: '57P01', message: 'the database stopped', isLasting: false },
})

const refused = (name: string, isProven = true): RefusedRequest => ({
  caller: { name, isProven },
  request: { verb: 'get', resource: 'pull-secrets', clusterId: 'cls-abc123' },
  traceId: 'trace-1',
})

/** Fails as told, one writing after the other, and then no more. */
const keeping = (...failures: ReadonlyArray<Lost | undefined>) => {
  const lines: Array<Parameters<Logger['log']>> = []
  const logger: Logger = {
    log:
      (...line) =>
      () =>
        void lines.push(line),
  }
  const appended: Array<ReadonlyArray<RefusalEvent>> = []
  const left = [...failures]
  const kept = makeKeepRefusals({
    clock: { now: () => 0 },
    logger,
    refusals: {
      append: (events) => () => {
        const lost = left.shift()
        appended.push(events)
        return Promise.resolve(lost === undefined ? E.right(undefined) : E.left(lost))
      },
    },
  })
  const written = () => appended.map((events) => events.map(({ subject, metadata }) => [subject, metadata['requests']]))
  return { kept, lines, written }
}

const note = ({ note: noteOne }: KeepRefusals, times: number, ...given: Parameters<typeof refused>): void => {
  for (let done = 0; done < times; done += 1) noteOne(refused(...given))()
}

describe('keep refusals', () => {
  it('writes one record for each caller, once', async () => {
    const { kept, written } = keeping()
    note(kept, 3, 'adapter')
    note(kept, 1, 'other')
    await kept.write()
    await kept.write()
    note(kept, 1, 'adapter')
    await kept.write()
    expect(written()).to.deep.equal([
      [
        ['adapter', 3],
        ['other', 1],
      ],
      [['adapter', 1]],
    ])
  })

  it('keeps apart who proved a name and whose token only states it', async () => {
    const { kept, written } = keeping()
    note(kept, 1, 'adapter', false)
    note(kept, 2, 'adapter')
    await kept.write()
    expect(written()).to.deep.equal([
      [
        ['unverified:adapter', 1],
        ['adapter', 2],
      ],
    ])
  })

  it('writes later what the database surely did not take, then what came meanwhile', async () => {
    const { kept, lines, written } = keeping(failure('LEDGER_UNAVAILABLE'))
    note(kept, 1, 'adapter')
    await kept.write()
    note(kept, 2, 'adapter')
    await kept.write()
    expect(written()).to.deep.equal([[['adapter', 1]], [['adapter', 1]], [['adapter', 2]]])
    expect(lines).to.deep.equal([
      [
        'warn',
        'refused requests could not be written to the audit',
        {
          error_code: 'LEDGER_UNAVAILABLE',
          cause: 'the database stopped',
          records: 1,
          kept: 'until the next time',
        },
      ],
    ])
  })

  it('does not write twice what the database may have taken', async () => {
    const { kept, lines, written } = keeping(failure('LEDGER_OUTCOME_UNKNOWN'))
    note(kept, 1, 'adapter')
    await kept.write()
    await kept.write()
    expect([written(), lines.length]).to.deep.equal([[[['adapter', 1]]], 1])
  })

  it('writes one after the other', async () => {
    const { kept, written } = keeping()
    note(kept, 1, 'adapter')
    await Promise.all([kept.write(), kept.write()])
    expect(written()).to.deep.equal([[['adapter', 1]]])
  })

  it('names 1,000 callers and 20 names that nobody vouched for at most, and counts the others', async () => {
    const { kept, written } = keeping()
    for (let index = 0; index < 30; index += 1) note(kept, 1, `stated-${String(index)}`, false)
    for (let index = 0; index < 1100; index += 1) note(kept, 1, `proven-${String(index)}`)
    note(kept, 5, 'proven-3')
    await kept.write()
    const [records = []] = written()
    const subjects = records.map(([subject]) => String(subject))
    expect(subjects.filter((subject) => subject.startsWith('unverified:')).length).to.equal(20)
    expect(subjects.filter((subject) => subject.startsWith('proven-')).length).to.equal(980)
    expect(records).to.deep.include(['proven-3', 6])
    expect(records.at(-1)).to.deep.equal(['other callers', 10 + 120])
  })
})
