import { config } from 'chai'
import { requireSkipReasons } from './skip-reason.ts'

const graceMilliseconds = 5_000

requireSkipReasons()
// A failure that shows only the beginning of a text hides what was unexpected in it.
config.truncateThreshold = 2000

// Mocha passes unhandled rejections on to the process, where without a listener they would vanish.
process.on('unhandledRejection', (reason) => {
  throw reason
})

/** Ends a process that something left open keeps alive: a hanging lane tells nobody what hangs. */
export const mochaGlobalTeardown = (): void => {
  setTimeout(() => {
    const open = [...new Set(process.getActiveResourcesInfo())].join(', ')
    process.stderr.write(`The specs left something open that keeps the process alive: ${open}\n`)
    process.on('exit', () => {
      process.exitCode = 1
    })
    process.exit()
  }, graceMilliseconds).unref()
}
