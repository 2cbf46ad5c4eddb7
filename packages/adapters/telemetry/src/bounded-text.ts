const ellipsis = '…'

/** A text of at most `maximumBytes` bytes of UTF-8; what is cut off shows as an ellipsis. */
export const boundedText = (text: string, maximumBytes: number): string => {
  if (Buffer.byteLength(text) <= maximumBytes) return text
  const kept = Buffer.from(text).subarray(0, maximumBytes - Buffer.byteLength(ellipsis))
  return `${new TextDecoder().decode(kept, { stream: true })}${ellipsis}`
}
