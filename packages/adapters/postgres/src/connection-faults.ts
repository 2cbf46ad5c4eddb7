import { type FaultRow, lasting, passing } from './fault-row.ts'

const noAccess = lasting('this process may not connect to {at}: check database.url and its permissions')
const silent = passing('{at} does not answer in time: check host and port in database.url, the network and firewalls')
const unreachable = passing('no network leads to {at} ({code}): check host and port in database.url')
const lost = passing('the connection to {at} was lost')
const busy = passing(
  'every connection of this process to {at} stayed in use: raise database.pool_size, or find what is slow',
)
const distrusted = lasting('no trusted authority vouches for the certificate of {at}: {authority}')
const noCommonTls = lasting('{at} cannot agree with this process on TLS 1.2 or newer ({code})')

/** By the code of Node, OpenSSL or `failureCodeOf`: what keeps a connection from being made or ends it. */
export const connectionFaults: Readonly<Record<string, FaultRow>> = {
  ECONNREFUSED: passing(
    'nothing accepts connections at {place}: check that the database runs, and host and port in database.url',
  ),
  ENOTFOUND: lasting('{at} cannot be found, for the host name {host} is unknown: correct database.url'),
  EAI_AGAIN: passing('{at} cannot be found, for no name server answers for {host}'),
  ENOENT: lasting('no socket is there for {at}: correct database.url'),
  EACCES: noAccess,
  EPERM: noAccess,
  ETIMEDOUT: silent,
  CONNECT_TIMEOUT: silent,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EHOSTDOWN: unreachable,
  EADDRNOTAVAIL: unreachable,
  ECONNRESET: lost,
  ECONNABORTED: lost,
  EPIPE: lost,
  ERR_STREAM_DESTROYED: lost,
  CONNECTION_LOST: lost,
  QUERY_TIMEOUT: passing('{at} gave no answer to a statement in time'),
  POOL_EXHAUSTED: busy,
  POOL_BUSY: busy,
  PASSWORD_MISSING: lasting('{at} asks for the password of {role}: add it to database.url'),
  TLS_NOT_OFFERED: lasting(
    '{at} offers no TLS: enable it there, or disable it under database.tls ' +
      'where something else protects the connection',
  ),
  TLS_NOT_ESTABLISHED: passing('{at} answers the wish for TLS with an error'),
  ERR_TLS_CERT_ALTNAME_INVALID: lasting(
    'the certificate of {at} is not for {host}: name a host in database.url that it is for',
  ),
  CERT_HAS_EXPIRED: lasting('the certificate of {at} has expired: renew it there'),
  CERT_NOT_YET_VALID: lasting('the certificate of {at} is not valid yet: check the clocks'),
  CERT_REVOKED: lasting('the certificate of {at} is revoked: renew it there'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: distrusted,
  UNABLE_TO_GET_ISSUER_CERT: distrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: distrusted,
  SELF_SIGNED_CERT_IN_CHAIN: distrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: distrusted,
  CERT_SIGNATURE_FAILURE: distrusted,
  CERT_UNTRUSTED: distrusted,
  INVALID_CA: distrusted,
  EPROTO: noCommonTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noCommonTls,
  ERR_SSL_UNSUPPORTED_PROTOCOL: noCommonTls,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: noCommonTls,
}
