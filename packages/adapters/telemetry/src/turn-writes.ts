import { Writable } from 'node:stream'

/**
 * Passes on as one write what is written within one turn of the event loop. A process that ends, by `process.exit` or
 * an uncaught exception too, writes first what is still waiting; only one that is killed loses the lines of the turn
 * that it was in.
 */
export const makeTurnWrites = (stream: NodeJS.WritableStream): Writable => {
  let waiting = ''

  const pass = (): void => {
    process.off('exit', pass)
    stream.write(waiting)
    waiting = ''
  }

  const passSoon = (): void => {
    process.once('exit', pass)
    setImmediate(pass)
  }

  return new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, done) => {
      if (waiting === '') passSoon()
      waiting += text
      done()
    },
  })
}
