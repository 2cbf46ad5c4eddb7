import type { ReadinessBody } from '@pull-secret/wire'
import { type Check, failed, ok, skipped } from './check.ts'

const name = 'readiness'

/** Whether a server is ready, and otherwise which of its parts is not. */
export const checkReadiness = (body: ReadinessBody | undefined): Check => {
  if (body === undefined) return skipped(name, 'the server, or a proxy before it, shows none at /readyz')
  const failing = Object.entries(body.checks).flatMap(([part, status]) =>
    status === 'ok' ? [] : [`${part} ${status}`],
  )
  return body.status === 'ready'
    ? ok(name, 'ready')
    : failed(name, ['not ready', ...failing].join(', '), 'the log of the server says what each of them fails with')
}
