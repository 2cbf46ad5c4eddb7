/** A body as a JSON object; an empty body is `absent`, anything else than an object is `malformed`. */
export const readJsonObject = (body: string): Record<string, unknown> | 'absent' | 'malformed' => {
  if (body.trim() === '') return 'absent'
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : 'malformed'
  } catch {
    return 'malformed'
  }
}
