const loopback = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/

/** Only this machine, and nobody by accident: a web page cannot send the header, a vendor call does not. */
export const mayControl = (remoteAddress: string | undefined, header: string | Array<string> | undefined): boolean =>
  header === 'yes' && remoteAddress !== undefined && loopback.test(remoteAddress)
