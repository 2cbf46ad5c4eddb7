/** Closes, after each spec of a suite, whatever it was handed during that spec, passed or failed. */
export const useClosing = (): (<T extends { close(): Promise<void> }>(opened: T) => T) => {
  let open: Array<{ close(): Promise<void> }> = []
  afterEach(async () => {
    await Promise.all(open.map((opened) => opened.close()))
    open = []
  })
  return (opened) => {
    open.push(opened)
    return opened
  }
}
