import { Writable } from 'node:stream'

export interface TurnWritesOptions {
  readonly stream: NodeJS.WritableStream
  /** One line, with its line break, that stands for lines that were lost. */
  readonly describeLoss: (lostLines: number) => string
  /** Called with the reason when lines begin to be lost, and again only after a line was written in between. */
  readonly reportLoss: (reason: string) => void
}

export interface TurnWrites {
  readonly stream: Writable
  /** Passes on what is waiting. Resolves when it is written or lost, at the latest after two seconds. */
  readonly close: () => Promise<void>
}

const closeMilliseconds = 2000

/** What may wait for a reader that does not read. Beyond it lines are lost: the alternative is to run out of memory. */
const maximumWaitingBytes = 16 * 1024 * 1024

const linesIn = (text: string): number => text.split('\n').length - 1

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : error.name)

/**
 * Passes on as one write what is written within one turn of the event loop. A process that ends, by `process.exit` or
 * an uncaught exception too, writes first what is still waiting; only one that is killed loses the lines of the turn
 * that it was in. A stream that fails loses lines and ends nothing; once it works again, a line says how many.
 */
export const makeTurnWrites = ({ stream, describeLoss, reportLoss }: TurnWritesOptions): TurnWrites => {
  let waiting = ''
  let lostLines = 0
  let isReported = false
  let lastWrite = Promise.resolve()
  // A write tells its own callback; without a listener the same error would end the process.
  stream.on('error', () => undefined)

  const lose = (lines: number, reason: string): void => {
    lostLines += lines
    if (!isReported) reportLoss(reason)
    isReported = true
  }

  const send = (text: string): void => {
    if (stream instanceof Writable && stream.writableLength > maximumWaitingBytes) {
      lose(linesIn(text), 'its reader does not read')
      return
    }
    const lostBefore = lostLines
    lostLines = 0
    lastWrite = new Promise((resolve) => {
      stream.write(lostBefore === 0 ? text : `${describeLoss(lostBefore)}${text}`, (error) => {
        if (error) lose(lostBefore + linesIn(text), codeOf(error))
        else isReported = false
        resolve()
      })
    })
  }

  const pass = (): void => {
    process.off('exit', pass)
    if (waiting === '') return
    const text = waiting
    waiting = ''
    send(text)
  }

  const passSoon = (): void => {
    process.once('exit', pass)
    setImmediate(pass)
  }

  return {
    stream: new Writable({
      decodeStrings: false,
      write: (text: string, _encoding, done) => {
        if (waiting === '') passSoon()
        waiting += text
        done()
      },
    }),
    close: async () => {
      pass()
      let timer: NodeJS.Timeout | undefined
      const timeIsUp = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, closeMilliseconds)
      })
      await Promise.race([lastWrite, timeIsUp])
      clearTimeout(timer)
    },
  }
}
