declare namespace Mocha {
  interface Context {
    /** Skips the test, or what the hook prepares, and prints the reason in the report. */
    skip(reason: string): never
  }
}
