/** Thrown inside one exchange only. */
export class BodyTooLong extends Error {}

/** The whole body as UTF-8 text, or {@link BodyTooLong} as soon as it is longer than allowed. */
export const readBoundedBody = async (body: AsyncIterable<Buffer>, maximumBytes: number): Promise<string> => {
  const chunks: Array<Buffer> = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > maximumBytes) throw new BodyTooLong()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
