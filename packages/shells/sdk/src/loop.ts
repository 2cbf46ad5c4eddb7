/** Runs `work` again and again; gives what ends that. */
export type Schedule = (work: () => void) => () => void

/** A timer that keeps no process alive. */
export const everySeconds =
  (seconds: number): Schedule =>
  (work) => {
    const timer = setInterval(work, seconds * 1000).unref()
    return () => {
      clearInterval(timer)
    }
  }

/** Repeats a task that never rejects, one run at a time. Stopping waits for the run under way. */
export const startLoop = (task: () => Promise<void>, schedule: Schedule): { readonly stop: () => Promise<void> } => {
  let running: Promise<void> | undefined
  const run = (): void => {
    running ??= task().finally(() => {
      running = undefined
    })
  }
  const end = schedule(run)
  return {
    stop: async () => {
      end()
      await running
    },
  }
}
