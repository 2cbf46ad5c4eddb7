import { decode, exactly, textMatching, webAddress } from '@pull-secret/decoding'
import type { ConfigMismatch } from '@pull-secret/domain'
import type { Either } from 'fp-ts/lib/Either.js'

export interface DistributionConfig {
  /** Address at which clusters pull, without `/v2/`. */
  readonly registry_url: string
  /** Absolute path of the file that the registry's `auth.htpasswd.path` names, as this service sees it. */
  readonly htpasswd_file: string
}

const distributionConfig = exactly(
  'a registry of type distribution',
  {
    registry_url: webAddress,
    htpasswd_file: textMatching('an absolute path', /^\/.*[^/]$/, 'must be the absolute path of a file'),
  },
  {},
)

export const decodeDistributionConfig = (section: unknown): Either<ReadonlyArray<ConfigMismatch>, DistributionConfig> =>
  decode(distributionConfig, section)
