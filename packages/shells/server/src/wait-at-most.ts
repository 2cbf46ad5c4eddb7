/** Whether the work ended in time. It is not ended otherwise. */
export const waitAtMost = async (milliseconds: number, work: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const timeIsUp = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds)
  })
  try {
    return await Promise.race([work.then(() => true), timeIsUp])
  } finally {
    clearTimeout(timer)
  }
}
