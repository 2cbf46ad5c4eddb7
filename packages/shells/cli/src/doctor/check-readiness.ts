import type { HealthBody, ReadinessBody } from '@pull-secret/wire'
import type { ServerState } from '../operations/read-server-state.ts'
import { type Check, failed, ok } from './check.ts'

const name = 'readiness'

const seeLog = 'the log of the server says what each of them fails with'

const checkParts = ({ status, checks }: ReadinessBody): Check => {
  const failing = Object.entries(checks).flatMap(([part, state]) => (state === 'ok' ? [] : [`${part} ${state}`]))
  return status === 'ready' ? ok(name, 'ready') : failed(name, ['not ready', ...failing].join(', '), seeLog)
}

const checkHealth = ({ status, components = {} }: HealthBody, reason: string): Check => {
  const failing = Object.entries(components).flatMap(([part, { status: state, problem }]) =>
    state === 'ok' ? [] : [`${part} ${state}${problem === undefined ? '' : `: ${problem}`}`],
  )
  return status === 'ok' ? ok(name, `healthy; ${reason}`) : failed(name, [status, ...failing].join(', '), seeLog)
}

/** Whether a server is ready, or at least healthy, and otherwise which of its parts is not. */
export const checkReadiness = (state: ServerState): Check => {
  switch (state.kind) {
    case 'readiness':
      return checkParts(state.body)
    case 'health':
      return checkHealth(state.body, state.reason)
    case 'unknown':
      return failed(name, state.reason, 'let the proxy before the server pass on /v1/health, or name the server itself')
  }
}
