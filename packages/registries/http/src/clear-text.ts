import type { ConfigMismatch, Logger } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

export const isLoopbackHttp = (address: URL): boolean => address.protocol === 'http:' && loopback.test(address.hostname)

/** Whether tokens may go there unasked: encrypted, or never leaving this machine. */
export const isSafeAddress = (address: URL): boolean => address.protocol === 'https:' || isLoopbackHttp(address)

/** Addresses of a configuration section by their field. */
export type SectionAddresses = Readonly<Record<string, string>>

const unsafeFields = (addresses: SectionAddresses): ReadonlyArray<string> =>
  Object.entries(addresses).flatMap(([field, address]) => (isSafeAddress(new URL(address)) ? [] : [field]))

/** Refuses addresses to which tokens would travel in clear text, unless the section asks for that. */
export const refuseClearText = (
  addresses: SectionAddresses,
  { insecureHttp = false }: { readonly insecureHttp?: boolean } = {},
): E.Either<ReadonlyArray<ConfigMismatch>, void> => {
  const unsafe = insecureHttp ? [] : unsafeFields(addresses)
  return unsafe.length === 0
    ? E.right(undefined)
    : E.left(
        unsafe.map((field) => ({
          field,
          rule: 'invalid',
          message: [
            `${field} must be https, or http on this machine:`,
            'tokens would travel in clear text (insecure_http: true allows that)',
          ].join(' '),
        })),
      )
}

/** Says at the start that tokens of a registry travel in clear text, because its configuration asks for that. */
export const warnOfClearText = (addresses: SectionAddresses, logger: Logger, registryId: string): void => {
  for (const field of unsafeFields(addresses))
    logger.log('warn', 'insecure_http: tokens of this registry travel in clear text', { registry: registryId, field })()
}
