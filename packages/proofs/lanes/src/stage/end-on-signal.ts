/** Leaves by exit when this process is told to end, so that what was started here ends too. */
export const endOnSignal = (): void => {
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
}
