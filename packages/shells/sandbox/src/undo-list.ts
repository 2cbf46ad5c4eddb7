/** Remembers how to undo what was done, and undoes it in reverse order. */
export interface UndoList {
  readonly add: (undo: () => Promise<void>) => void
  /** Undoes everything, even when a step fails; then rejects with the first failure. Later calls await the same run. */
  readonly run: () => Promise<void>
}

export const makeUndoList = (): UndoList => {
  const steps: Array<() => Promise<void>> = []
  let running: Promise<void> | undefined

  const undoAll = async (): Promise<void> => {
    const failures: Array<unknown> = []
    for (const step of steps.toReversed()) await step().catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw failures[0]
  }

  return {
    add: (undo) => {
      steps.push(undo)
    },
    run: () => (running ??= undoAll()),
  }
}
