import { Writable } from 'node:stream'
import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { Logger } from '@pull-secret/domain'
import { expect } from 'chai'
import { makeWinstonLogger } from './index.ts'

const common = { level: 'info', component: 'spec', version: '0', hostname: 'host', format: 'json' } as const

const messagesIn = (text: string): ReadonlyArray<string> =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { readonly message: string }).message)

/** A stream that takes a write when it is told to. */
const aHeldStream = () => {
  const held: Array<{ readonly text: string; readonly done: () => void }> = []
  let written = ''
  const stream = new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, done) => {
      held.push({ text, done })
    },
  })
  const settle = (): void => {
    const { text, done } = held.shift() ?? { text: '', done: () => undefined }
    written += text
    done()
  }
  return { stream, settle, written: () => written, held }
}

const say = async (logger: Logger, message: string): Promise<void> => {
  logger.log('info', message)()
  await endOfTurn()
}

const failureWith = (code: string): Error => Object.assign(new Error('write failed'), { code })

describe('a logger that is closed', () => {
  it('has written what was logged in the same turn', async () => {
    const { stream, settle, written } = aHeldStream()
    const logger = makeWinstonLogger({ ...common, stream })
    logger.log('info', 'the last line')()
    const closed = logger.close()
    settle()
    await closed
    expect(messagesIn(written())).to.deep.equal(['the last line'])
  })

  it('writes nothing more, so that its stream may be ended', async () => {
    const { stream, held } = aHeldStream()
    const logger = makeWinstonLogger({ ...common, stream })
    await logger.close()
    await say(logger, 'too late')
    expect(held).to.deep.equal([])
  })

  it('does not wait for a reader that does not read', async () => {
    const { stream } = aHeldStream()
    const logger = makeWinstonLogger({ ...common, stream })
    await say(logger, 'read by nobody')
    await logger.close()
  })
})

/** Like standard output: a failed write neither closes it nor stops later ones. */
const aBreakableStream = () => {
  const state: { failure: string | undefined; written: string } = { failure: undefined, written: '' }
  const stream = {
    on: () => stream,
    write: (text: string, done: (error?: Error) => void) => {
      if (state.failure === undefined) state.written += text
      done(state.failure === undefined ? undefined : failureWith(state.failure))
      return true
    },
  }
  return { state, stream: stream as unknown as NodeJS.WritableStream }
}

describe('a logger whose stream fails', () => {
  for (const code of ['EPIPE', 'ENOSPC', 'EIO', 'EBADF']) {
    it(`goes on after ${code}, says so once, and counts what is missing when the stream works again`, async () => {
      const reasons: Array<string> = []
      const { state, stream } = aBreakableStream()
      const logger = makeWinstonLogger({ ...common, stream, reportLoss: (reason) => reasons.push(reason) })
      state.failure = code
      await say(logger, 'first')
      await say(logger, 'second')
      state.failure = undefined
      await say(logger, 'third')
      expect(reasons).to.deep.equal([code])
      expect(messagesIn(state.written)).to.deep.equal(['log lines were lost', 'third'])
      expect(state.written).to.include('"lines":2')
    })
  }

  it('holds a bounded amount for a reader that does not read', async () => {
    const reasons: Array<string> = []
    const { stream } = aHeldStream()
    const logger = makeWinstonLogger({ ...common, stream, reportLoss: (reason) => reasons.push(reason) })
    while (reasons.length === 0) {
      for (let count = 0; count < 5000; count += 1) logger.log('info', 'x'.repeat(900))()
      await endOfTurn()
    }
    expect(stream.writableLength).to.be.within(16 * 1024 * 1024, 24 * 1024 * 1024)
    expect(reasons).to.deep.equal(['its reader does not read'])
  })
})
