import Mocha from 'mocha'

interface Skippable {
  skipReason?: string
  readonly parent?: Mocha.Suite | undefined
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its context below
const plainSkip = Mocha.Context.prototype.skip

/** A hook skips what it prepares: the whole suite when it runs once, the test at hand otherwise. */
const skippedBy = (context: Mocha.Context): Skippable => {
  const runnable = context.runnable()
  if (!(runnable instanceof Mocha.Hook)) return runnable
  const once = runnable.title.startsWith('"before all"')
  return (once ? runnable.parent : context.currentTest) ?? runnable
}

/** Makes `this.skip('reason')` keep its reason for the report, and refuses a skip without one. */
export const requireSkipReasons = (): void => {
  Mocha.Context.prototype.skip = function (this: Mocha.Context, reason?: string): never {
    if (reason === undefined) throw new Error('a skip needs a reason: this.skip("why")')
    skippedBy(this).skipReason = reason
    return plainSkip.call(this, reason)
  }
}

/** The reason of the nearest skip around a test. */
export const skipReasonOf = (test: Skippable): string =>
  test.skipReason ?? (test.parent ? skipReasonOf(test.parent) : 'no reason given')
