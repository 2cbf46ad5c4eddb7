const ellipsis = '…'

/** A text of at most `longestBytes` bytes of UTF-8; what is cut off shows as an ellipsis. */
export const boundedText = (text: string, longestBytes: number): string => {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length <= longestBytes) return text
  const kept = bytes.subarray(0, longestBytes - Buffer.byteLength(ellipsis))
  return `${new TextDecoder().decode(kept, { stream: true })}${ellipsis}`
}
