export const dateOf = (timestamp: string): Date => new Date(timestamp)

export const dateOrAbsent = (timestamp: string | null | undefined): Date | undefined =>
  timestamp === null || timestamp === undefined ? undefined : dateOf(timestamp)
