/** What a caller got: a status and the body as text; undefined when no answer came. */
export type CallerAnswer =
  | {
      readonly status: number
      readonly text: string
      /** Of the header, where there is one. */
      readonly retryAfterSeconds?: number | undefined
    }
  | undefined

export interface CallerRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  /** Gives up on the answer, as a client that goes away. */
  readonly signal?: AbortSignal
}

/** A caller as an adapter would be. */
export type ServiceCaller = (url: string, request: CallerRequest) => Promise<CallerAnswer>

const patienceMilliseconds = 20_000

export const makeServiceCaller =
  ({ callerToken }: { readonly callerToken: string }): ServiceCaller =>
  async (url, { method, path, body, signal }) => {
    const signals = [AbortSignal.timeout(patienceMilliseconds), ...(signal === undefined ? [] : [signal])]
    try {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${callerToken}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.any(signals),
      })
      const retryAfter = answer.headers.get('retry-after')
      return {
        status: answer.status,
        text: await answer.text(),
        retryAfterSeconds: retryAfter === null ? undefined : Number(retryAfter),
      }
    } catch {
      return undefined
    }
  }

/** The path of a cluster's pull secret. */
export const pullSecretPath = (clusterId: string): string =>
  `/v1/clusters/${encodeURIComponent(clusterId)}/pull-secrets`
