import type { ServerProcess } from './server-process.ts'

/** Speaks to a service under test as an adapter does. */
export interface Caller {
  /**
   * Generates pull secrets, all at once; rejects unless each is answered 200. Resolves with how long each took, in
   * milliseconds.
   */
  readonly generate: (server: ServerProcess, clusterIds: ReadonlyArray<string>) => Promise<ReadonlyArray<number>>
  /** Whole requests, one for each cluster, for a load. */
  readonly requests: (method: 'GET' | 'POST', clusterIds: ReadonlyArray<string>) => ReadonlyArray<Buffer>
}

/** Ids that no other call of this name and number gives. */
export const clusterIds = (name: string, count: number): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) => `cls-${name}${String(index).padStart(6, '0')}`)

const body = JSON.stringify({ cloud_provider: 'gcp', region: 'us-east1' })
export const pathOf = (clusterId: string): string => `/v1/clusters/${clusterId}/pull-secrets`

export const makeCaller = (token: string): Caller => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

  const generateOne = async ({ port }: ServerProcess, clusterId: string): Promise<number> => {
    const startedAt = performance.now()
    const response = await fetch(`http://127.0.0.1:${port}${pathOf(clusterId)}`, { method: 'POST', headers, body })
    const text = await response.text()
    if (response.status !== 200)
      throw new Error(`generating ${clusterId} was answered ${response.status}: ${text.slice(0, 400)}`)
    return performance.now() - startedAt
  }

  const requestOf = (method: 'GET' | 'POST', clusterId: string): Buffer => {
    const head = `${method} ${pathOf(clusterId)} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${token}\r\n`
    const content =
      method === 'GET'
        ? '\r\n'
        : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    return Buffer.from(head + content)
  }

  return {
    generate: (server, ids) => Promise.all(ids.map((id) => generateOne(server, id))),
    requests: (method, ids) => ids.map((id) => requestOf(method, id)),
  }
}
