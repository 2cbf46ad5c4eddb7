import { described, oneOf } from '@pull-secret/decoding'
import * as t from 'io-ts'
import { openCircuit, problemWord, text } from './text-codecs.ts'

const componentBody = described(
  t.intersection(
    [
      t.type({ status: oneOf('ok', 'failing') }),
      t.partial({ problem: text('What is wrong, for people.', 'does not answer') }),
    ],
    'the state of a component',
  ),
  'The state of one component.',
  { title: 'ComponentState' },
)

const registryStates = described(
  t.record(
    t.string,
    described(
      t.intersection(
        [
          t.type({ status: oneOf('unknown', 'working', 'failing') }),
          t.partial({
            problem: problemWord,
            circuit: openCircuit,
          }),
        ],
        'the state of a registry',
      ),
      'How the last call of the process to the registry went; `unknown` before the first one.',
      { title: 'RegistryState' },
    ),
  ),
  'The state of each registry, by registry id. It decides nothing.',
  { example: { quay: { status: 'working' }, rhit: { status: 'failing', problem: 'timeout' } } },
)

/**
 * The process is alive. `degraded`: a component fails, and restarting this process would not fix it. `registries`: how
 * the last call to each went; none of them affects the status.
 */
export const healthBody = described(
  t.intersection(
    [
      t.type({
        status: described(
          oneOf('ok', 'degraded'),
          '`degraded`: a component fails, and restarting the process would not fix it.',
        ),
      }),
      t.partial({
        components: described(t.record(t.string, componentBody), 'The state of each component.', {
          example: { database: { status: 'ok' }, access: { status: 'ok' } },
        }),
        registries: registryStates,
      }),
    ],
    'a state of health',
  ),
  'The process is alive.',
  { title: 'Health' },
)

export const livenessBody = described(
  t.type({ status: t.literal('ok') }, 'a state of liveness'),
  'The process is alive.',
  { title: 'Liveness' },
)

export type HealthBody = t.TypeOf<typeof healthBody>

/**
 * Whether this process is ready for requests, and the checks that decide it. `registries` are informative: they decide
 * nothing.
 */
export const readinessBody = described(
  t.intersection(
    [
      t.type({
        status: oneOf('ready', 'not_ready'),
        checks: described(t.record(t.string, oneOf('ok', 'failing')), 'The checks that decide it.', {
          example: { accepting_requests: 'ok', database: 'ok', access: 'ok' },
        }),
      }),
      t.partial({ registries: registryStates }),
    ],
    'a state of readiness',
  ),
  'Whether the process takes requests.',
  { title: 'Readiness' },
)

export type ReadinessBody = t.TypeOf<typeof readinessBody>
