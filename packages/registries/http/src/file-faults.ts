import type { ConfigMismatch, RegistryProxy } from '@pull-secret/domain'
import { secretFileFault } from './secret-file.ts'
import { expiryFaults, readTlsFiles, type TlsFiles } from './tls-files.ts'

const mismatch = (field: string, message: string): ConfigMismatch => ({
  field,
  rule: 'invalid',
  message: `${field}: ${message}`,
})

/** What is wrong with the file of a secret that the field names. */
export const secretFileFaults = (field: string, path: string): ReadonlyArray<ConfigMismatch> => {
  const fault = secretFileFault(path)
  return fault === undefined ? [] : [mismatch(field, fault)]
}

/** What is wrong with the file of a proxy's password. */
export const proxyFileFaults = (proxy: RegistryProxy | undefined): ReadonlyArray<ConfigMismatch> =>
  proxy?.passwordFile === undefined ? [] : secretFileFaults('proxy.password_file', proxy.passwordFile)

/** What is wrong with TLS files; `fields` are their names in the configuration. `now`: milliseconds of the calendar. */
export const tlsFileFaults = (
  files: TlsFiles,
  fields: { readonly [File in keyof TlsFiles]: string },
  now: number,
): ReadonlyArray<ConfigMismatch> =>
  [...readTlsFiles(files).faults, ...expiryFaults(files, now)].map(({ file, message }) =>
    mismatch(fields[file] ?? file, message),
  )
