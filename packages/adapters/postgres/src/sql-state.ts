/**
 * The five characters by which PostgreSQL names what went wrong; absent where the way to it failed. Its classes begin
 * with a digit, F, H, P or X, so that no code of Node such as EPIPE looks like one.
 */
export const sqlStateOf = (error: unknown): string | undefined => {
  const code = (error as { readonly code?: unknown } | null)?.code
  return typeof code === 'string' && /^[0-9FHPX][0-9A-Z]{4}$/.test(code) ? code : undefined
}
