const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

const isLoopbackHttp = (address: URL): boolean => address.protocol === 'http:' && loopback.test(address.hostname)

/** Whether a login may go there at all: encrypted, or never leaving this machine. */
export const isSafeForLogin = (address: URL): boolean => address.protocol === 'https:' || isLoopbackHttp(address)

/**
 * Where a registry sends its callers to log in, if a login may be sent there: to the registry's own host or a named
 * one,
 * encrypted unless registry and realm both live on this machine. A realm may be relative.
 */
export const trustedRealm = (
  realm: string | undefined,
  registryUrl: string,
  realmHosts: ReadonlyArray<string>,
): URL | undefined => {
  if (realm === undefined || !URL.canParse(realm, registryUrl)) return undefined
  const registry = new URL(registryUrl)
  const address = new URL(realm, registry)
  if (address.host !== registry.host && !realmHosts.includes(address.host)) return undefined
  return address.protocol === 'https:' || (isLoopbackHttp(address) && isLoopbackHttp(registry)) ? address : undefined
}
