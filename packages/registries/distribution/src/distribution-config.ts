import { decode, exactly, textMatching, webAddress } from '@pull-secret/decoding'
import type { ConfigMismatch } from '@pull-secret/domain'
import { refuseClearText } from '@pull-secret/registry-http'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

export interface DistributionConfig {
  /** Address at which clusters pull, without `/v2/`. */
  readonly registryUrl: string
  /** Absolute path of the file that the registry's `auth.htpasswd.path` names, as this service sees it. */
  readonly htpasswdFile: string
  /** Logins may travel in clear text beyond this machine. */
  readonly insecureHttp?: boolean
}

const section = exactly(
  'the configuration of a distribution registry',
  {
    registry_url: webAddress,
    htpasswd_file: textMatching('an absolute path', /^\/.*[^/]$/, 'must be the absolute path of a file'),
  },
  { insecure_http: t.boolean },
)

export const decodeDistributionConfig = (value: unknown): E.Either<ReadonlyArray<ConfigMismatch>, DistributionConfig> =>
  pipe(
    decode(section, value),
    E.map((given) => ({
      registryUrl: given.registry_url,
      htpasswdFile: given.htpasswd_file,
      insecureHttp: given.insecure_http ?? false,
    })),
    E.chainFirst((config) => refuseClearText({ registry_url: config.registryUrl }, config)),
  )
