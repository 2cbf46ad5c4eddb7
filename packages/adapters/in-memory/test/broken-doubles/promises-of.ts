import Mocha from 'mocha'

/** What the tear-down of a suite promises. */
export const tearDown = 'leaves nothing behind'

export interface Promises {
  readonly kept: ReadonlyArray<string>
  readonly broken: ReadonlyArray<string>
}

const titleOf = (runnable: Mocha.Test | Mocha.Hook): string => (runnable.type === 'hook' ? tearDown : runnable.title)

/** Lets a suite lay itself out in a mocha of its own: it finds `describe`, `it` and the hooks where it always does. */
const layOut = (mocha: Mocha, suite: () => void): void => {
  const own: Record<string, unknown> = {}
  mocha.suite.emit('pre-require', own, '', mocha)
  const surrounding = Object.fromEntries(
    Object.keys(own).map((name) => [name, (globalThis as Record<string, unknown>)[name]]),
  )
  Object.assign(globalThis, own)
  try {
    suite()
  } finally {
    Object.assign(globalThis, surrounding)
  }
}

/** Runs a suite apart from the specs around it, and tells which of its promises were kept. */
export const promisesOf = async (suite: () => void): Promise<Promises> => {
  const [kept, broken]: [Array<string>, Array<string>] = [[], []]
  // Mocha constructs its reporter, which an arrow function does not allow.
  const collect = function (runner: Mocha.Runner): void {
    runner.on('pass', (test) => {
      kept.push(test.title)
    })
    runner.on('fail', (runnable) => {
      broken.push(titleOf(runnable))
    })
  }
  const mocha = new Mocha({ reporter: collect as unknown as Mocha.ReporterConstructor, timeout: 5_000 })
  layOut(mocha, suite)
  await new Promise<void>((resolve) => {
    mocha.run(() => {
      resolve()
    })
  })
  mocha.dispose()
  return { kept, broken }
}
