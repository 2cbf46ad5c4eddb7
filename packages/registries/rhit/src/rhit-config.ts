import { decode, exactly, nonEmptyText, textMatching, webAddress, wholeNumber } from '@pull-secret/decoding'
import type { ConfigMismatch } from '@pull-secret/domain'
import { refuseClearText, type SectionAddresses } from '@pull-secret/registry-http'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

export interface RhitConfig {
  /** Address of the service account API, without `/v1`. */
  readonly baseUrl: string
  /** Path below it; `{partner_code}` stands for the partner code. */
  readonly collectionPath: string
  readonly partnerCode: string
  /** PEM files of the partner's client certificate and its key, read again when they change. */
  readonly certificateFile: string
  readonly keyFile: string
  /** PEM bundle that the API's own certificate is checked against. */
  readonly caFile?: string
  /** Where clusters log in with the credential. */
  readonly registryUrl: string
  /** What the vendor puts before a service account's name to make its username. */
  readonly usernamePrefix: string
  /** Answers to a create whose name was used before. */
  readonly conflictStatuses: ReadonlyArray<number>
  /** Answers to a read or a delete of an account that is not there. */
  readonly notFoundStatuses: ReadonlyArray<number>
  /** Tokens may travel in clear text beyond this machine. */
  readonly insecureHttp?: boolean
}

const status = wholeNumber(400, 499)

const section = exactly(
  'the configuration of an rhit registry',
  { cert: nonEmptyText, key: nonEmptyText },
  {
    ca: nonEmptyText,
    base_url: webAddress,
    collection_path: textMatching(
      'a path',
      /^\/[\w.{}/-]*\{partner_code\}[\w./-]*$/,
      'must be a path that begins with "/" and holds {partner_code}',
    ),
    partner_code: textMatching(
      'a partner code',
      /^[A-Za-z0-9][\w.-]{0,99}$/,
      'must be letters, digits, ".", "_" and "-"',
    ),
    registry_url: webAddress,
    username_prefix: t.string,
    conflict_statuses: t.array(status),
    not_found_statuses: t.array(status),
    insecure_http: t.boolean,
  },
)

export const rhitAddresses = ({ baseUrl, registryUrl }: RhitConfig): SectionAddresses => ({
  base_url: baseUrl,
  registry_url: registryUrl,
})

export const decodeRhitConfig = (value: unknown): E.Either<ReadonlyArray<ConfigMismatch>, RhitConfig> =>
  pipe(
    decode(section, value),
    E.map((given) => ({
      baseUrl: (given.base_url ?? 'https://api.access.redhat.com/management').replace(/\/v1$/, ''),
      collectionPath: given.collection_path ?? '/v1/partners/{partner_code}/service-accounts',
      partnerCode: given.partner_code ?? 'hyperfleet',
      certificateFile: given.cert,
      keyFile: given.key,
      caFile: given.ca,
      registryUrl: given.registry_url ?? 'https://registry.redhat.io',
      usernamePrefix: given.username_prefix ?? '|',
      conflictStatuses: given.conflict_statuses ?? [409],
      notFoundStatuses: given.not_found_statuses ?? [404],
      insecureHttp: given.insecure_http ?? false,
    })),
    E.chainFirst((config) => refuseClearText(rhitAddresses(config), config)),
  )
