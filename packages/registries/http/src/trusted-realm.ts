import { isLoopbackHttp } from './clear-text.ts'

/**
 * Where a registry sends its callers to log in, if a login may be sent there: to the registry's own host or a named
 * one, encrypted unless registry and realm both live on this machine or clear text is asked for. A realm may be
 * relative.
 */
export const trustedRealm = (
  realm: string | undefined,
  registryUrl: string,
  { realmHosts, insecureHttp }: { readonly realmHosts: ReadonlyArray<string>; readonly insecureHttp: boolean },
): URL | undefined => {
  if (realm === undefined || !URL.canParse(realm, registryUrl)) return undefined
  const registry = new URL(registryUrl)
  const address = new URL(realm, registry)
  if (address.host !== registry.host && !realmHosts.includes(address.host)) return undefined
  const staysInClear = address.protocol === 'http:' && registry.protocol === 'http:'
  const mayBeClear = insecureHttp || (isLoopbackHttp(address) && isLoopbackHttp(registry))
  return address.protocol === 'https:' || (staysInClear && mayBeClear) ? address : undefined
}
