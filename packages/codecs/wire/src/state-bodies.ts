import * as t from 'io-ts'
import { oneOf } from './text-codecs.ts'

const componentBody = t.intersection(
  [t.type({ status: oneOf('ok', 'failing') }), t.partial({ problem: t.string })],
  'the state of a component',
)

const registryStates = t.record(
  t.string,
  t.intersection(
    [t.type({ status: oneOf('unknown', 'working', 'failing') }), t.partial({ problem: t.string })],
    'the state of a registry',
  ),
)

/**
 * The process is alive. `degraded`: a component fails, and restarting this process would not fix it. `registries`: how
 * the last call to each went; none of them affects the status.
 */
export const healthBody = t.intersection(
  [
    t.type({ status: oneOf('ok', 'degraded') }),
    t.partial({ components: t.record(t.string, componentBody), registries: registryStates }),
  ],
  'a state of health',
)

export const livenessBody = t.type({ status: t.literal('ok') }, 'a state of liveness')

export type HealthBody = t.TypeOf<typeof healthBody>

/**
 * Whether this process is ready for requests, and the checks that decide it. `registries` are informative: they decide
 * nothing.
 */
export const readinessBody = t.intersection(
  [
    t.type({ status: oneOf('ready', 'not_ready'), checks: t.record(t.string, oneOf('ok', 'failing')) }),
    t.partial({ registries: registryStates }),
  ],
  'a state of readiness',
)

export type ReadinessBody = t.TypeOf<typeof readinessBody>
