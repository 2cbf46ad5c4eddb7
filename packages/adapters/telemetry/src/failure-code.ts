const code = /^[\w.-]{1,60}$/

/** What an error is called, never what it says: a code that it carries, or the name of its class. */
export const failureCodeOf = (error: unknown): string => {
  const own = (error as { readonly code?: unknown } | null | undefined)?.code
  const text = typeof own === 'number' ? String(own) : own
  if (typeof text === 'string' && code.test(text)) return text
  return error instanceof Error && code.test(error.constructor.name) ? error.constructor.name : 'unknown'
}
