import { decode, exactly, nonEmptyText, textMatching, webAddress } from '@pull-secret/decoding'
import type { ConfigMismatch } from '@pull-secret/domain'
import { refuseClearText } from '@pull-secret/registry-http'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

export interface QuayConfig {
  /** Address of the Quay server, without `/api/v1`. */
  readonly baseUrl: string
  /** The organisation that owns the robots. */
  readonly organization: string
  /** The team whose permissions every robot gets. */
  readonly team: string
  /** File that holds an OAuth token with the scope `org:admin`; read again when it changes. */
  readonly tokenFile: string
  /** Tokens may travel in clear text beyond this machine. */
  readonly insecureHttp?: boolean
}

/** Leaves room for the longest robot name within the 255 characters of `organisation+robot`. */
const organizationMaximum = 165
const quayName = (name: string, maximum: number) =>
  textMatching(
    name,
    new RegExp(`^(?=.{2,${String(maximum)}}$)[a-z0-9]+(?:[._-][a-z0-9]+)*$`),
    `must be 2 to ${String(maximum)} lower-case letters and digits, with single ".", "_" or "-" between them`,
  )

const section = exactly(
  'the configuration of a quay registry',
  { token_file: nonEmptyText },
  {
    base_url: webAddress,
    organization: quayName('an organisation of Quay', organizationMaximum),
    team: quayName('a team of Quay', 255),
    insecure_http: t.boolean,
  },
)

export const decodeQuayConfig = (value: unknown): E.Either<ReadonlyArray<ConfigMismatch>, QuayConfig> =>
  pipe(
    decode(section, value),
    E.map(
      ({
        token_file: tokenFile,
        base_url: baseUrl = 'https://quay.io',
        organization = 'redhat-openshift',
        team = 'hyperfleet-installers',
        insecure_http: insecureHttp = false,
      }) => ({
        baseUrl: baseUrl.replace(/\/api\/v1$/, ''),
        organization,
        team,
        tokenFile,
        insecureHttp,
      }),
    ),
    E.chainFirst((config) => refuseClearText({ base_url: config.baseUrl }, config)),
  )
