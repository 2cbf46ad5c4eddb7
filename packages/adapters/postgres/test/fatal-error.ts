/** What a server says with this SQLSTATE before it ends a connection. */
export const fatalError = (sqlState: string, message: string): Buffer => {
  const fields = Buffer.from(`SFATAL\0C${sqlState}\0M${message}\0\0`)
  const head = Buffer.from('E\0\0\0\0')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}
