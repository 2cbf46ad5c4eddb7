import { BlockList, isIP } from 'node:net'

/** Where a request comes from, from its connection and its header `X-Forwarded-For`. */
export type ClientAddress = (peer: string | undefined, forwardedFor: string | ReadonlyArray<string>) => string

/** A socket that takes both families names a client of version 4 in the form of version 6. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

const groupsOf = (part: string): ReadonlyArray<string> => (part === '' ? [] : part.split(':'))

/** Whoever has one address of version 6 has all that share its first 64 bits. */
const networkOf = (address: string): string => {
  const [head = '', tail] = address.split('::')
  const [first, last] = [groupsOf(head), groupsOf(tail ?? '')]
  const missing = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  const groups = [...first, ...Array.from({ length: missing }, () => '0'), ...last]
  const prefix = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${prefix.join(':')}::/64`
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

const trustedBy = (proxies: ReadonlyArray<string>): ((address: string) => boolean) => {
  const list = new BlockList()
  for (const proxy of proxies) {
    const [address = '', prefix] = proxy.split('/')
    if (prefix === undefined) list.addAddress(address, familyOf(address))
    else list.addSubnet(address, Number(prefix), familyOf(address))
  }
  return (address) => list.check(address, familyOf(address))
}

/**
 * The address that the last of the trusted proxies was reached from. What stands further left in the header may be
 * anybody's invention. Without trusted proxies: the address of the connection.
 */
export const makeClientAddress = (trustedProxies: ReadonlyArray<string>): ClientAddress => {
  const isTrusted = trustedBy(trustedProxies)
  return (peer, forwardedFor) => {
    const hops = [forwardedFor].flat().join(',').split(',').reverse()
    let address = plainAddress(peer ?? '')
    for (const hop of hops) {
      const next = plainAddress(hop.trim())
      if (isIP(next) === 0 || !isTrusted(address)) break
      address = next
    }
    return isIP(address) === 6 ? networkOf(address) : address
  }
}
