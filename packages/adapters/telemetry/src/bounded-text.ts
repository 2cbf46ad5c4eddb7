const ellipsis = '…'

/** A text of at most `longestBytes` bytes of UTF-8; what is cut off shows as an ellipsis. */
export const boundedText = (text: string, longestBytes: number): string => {
  if (Buffer.byteLength(text) <= longestBytes) return text
  const kept = Buffer.from(text).subarray(0, longestBytes - Buffer.byteLength(ellipsis))
  return `${new TextDecoder().decode(kept, { stream: true })}${ellipsis}`
}
