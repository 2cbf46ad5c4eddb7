import {
  type Codec,
  decode,
  type HealthBody,
  healthBody,
  probeOperations,
  type ReadinessBody,
  readinessBody,
} from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'

const timeoutMilliseconds = 10_000
const mebibyte = 1024 * 1024

/** What a server tells of its state. `reason` says why its readiness, or anything at all, cannot be read. */
export type ServerState =
  | { readonly kind: 'readiness'; readonly body: ReadinessBody }
  | { readonly kind: 'health'; readonly body: HealthBody; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }

/** Undefined where the answer is longer than 1 MiB. */
const textOf = async ({ body }: Response): Promise<string | undefined> => {
  const chunks: Array<Uint8Array> = []
  let length = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > mebibyte) return undefined
  }
  return Buffer.concat(chunks).toString('utf8')
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Only the code of an error is repeated: its message may contain anything. */
const describeError = (error: unknown): string => {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return `does not answer within ${String(timeoutMilliseconds / 1000)} s`
  const cause: unknown = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return `cannot be reached${typeof code === 'string' ? ` (${code})` : ''}`
}

const read = async <A>(
  serverUrl: string,
  path: string,
  codec: Codec<A>,
  stop: AbortSignal,
): Promise<E.Either<string, A>> => {
  try {
    const answer = await fetch(`${serverUrl.replace(/\/+$/, '')}${path}`, {
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(timeoutMilliseconds)]),
    })
    const text = await textOf(answer)
    if (text === undefined) return E.left(`${path} answers with more than 1 MiB`)
    return E.mapLeft(() => `${path} answers with status ${String(answer.status)} and not with ${codec.name}`)(
      decode(codec, parseJson(text)),
    )
  } catch (error) {
    return E.left(`${path} ${describeError(error)}`)
  }
}

/** Asks a server for its readiness, without a token, or for its health where a proxy passes on the API alone. */
export const readServerState = async (serverUrl: string, stop: AbortSignal): Promise<ServerState> => {
  const readiness = await read(serverUrl, probeOperations.readiness.path, readinessBody, stop)
  if (E.isRight(readiness)) return { kind: 'readiness', body: readiness.right }
  const health = await read(serverUrl, probeOperations.health.path, healthBody, stop)
  return E.isRight(health)
    ? { kind: 'health', body: health.right, reason: readiness.left }
    : { kind: 'unknown', reason: `${readiness.left}; ${health.left}` }
}
