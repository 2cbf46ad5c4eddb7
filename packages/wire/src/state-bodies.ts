import * as t from 'io-ts'
import { oneOf } from './text-codecs.ts'

const componentBody = t.intersection([t.type({ status: oneOf('ok', 'failing') }), t.partial({ problem: t.string })], 'the state of a component')

/** The process lives. `degraded`: a component fails, which restarting this process would not mend. */
export const healthBody = t.intersection([
  t.type({ status: oneOf('ok', 'degraded') }),
  t.partial({ components: t.record(t.string, componentBody) }),
], 'a state of health')

export type HealthBody = t.TypeOf<typeof healthBody>

/** Whether this process should be sent requests, and what that rests on. */
export const readinessBody = t.type({ status: oneOf('ready', 'not_ready'), checks: t.record(t.string, oneOf('ok', 'failing')) }, 'a state of readiness')

export type ReadinessBody = t.TypeOf<typeof readinessBody>
