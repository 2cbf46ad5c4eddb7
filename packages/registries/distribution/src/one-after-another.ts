/** Runs what it is given one after another, in the order of the asking; one that rejects holds up nobody. */
export const makeOneAfterAnother = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <A>(run: () => Promise<A>): Promise<A> => {
    const turn = last.then(run)
    last = turn.catch(() => undefined)
    return turn
  }
}
