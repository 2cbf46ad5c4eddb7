/** The `code` of an error of Node or of PostgreSQL (`ENOENT`, `42P04`, …), or undefined when it has none. */
export const errorCodeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
