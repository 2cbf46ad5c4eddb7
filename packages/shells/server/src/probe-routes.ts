import type { ServerRoot } from '@pull-secret/composition/server'
import {
  type AnsweredError,
  type HealthBody,
  metricsPortOperations,
  type ProbeOperationId,
  probeOperations,
  type ReadinessBody,
} from '@pull-secret/wire'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Admit } from './admission.ts'
import { type Answer, jsonAnswer } from './answer.ts'
import type { RouteAnswer, ServedRoute } from './call.ts'
import type { ProcessState } from './process-state.ts'

export interface ProbeRoutesDeps {
  readonly meter: ServerRoot['meter']
  readonly registryStates: ServerRoot['registryStates']
  readonly admit: Admit
  readonly state: ProcessState
  readonly anonymousMetrics: boolean
}

const always = (task: T.Task<Answer>): RouteAnswer => TE.fromTask<Answer, AnsweredError>(task)

type RegistriesOfBody = HealthBody['registries']

const toRegistries = (states: ReturnType<ServerRoot['registryStates']>): RegistriesOfBody =>
  Object.fromEntries(
    states.map(({ registryId, state }) => [
      registryId,
      state.kind === 'failing' ? { status: state.kind, problem: state.problem } : { status: state.kind },
    ]),
  )

const healthOf = ({ isDatabaseUp }: { readonly isDatabaseUp: boolean }, registries: RegistriesOfBody): HealthBody =>
  isDatabaseUp
    ? { status: 'ok', components: { database: { status: 'ok' } }, registries }
    : { status: 'degraded', components: { database: { status: 'failing', problem: 'does not answer' } }, registries }

const readinessAnswer = (
  { isAccepting, isDatabaseUp }: { readonly isAccepting: boolean; readonly isDatabaseUp: boolean },
  registries: RegistriesOfBody,
): Answer => {
  const body: ReadinessBody = {
    status: isAccepting && isDatabaseUp ? 'ready' : 'not_ready',
    checks: { accepting_requests: isAccepting ? 'ok' : 'failing', database: isDatabaseUp ? 'ok' : 'failing' },
    registries,
  }
  return jsonAnswer(body.status === 'ready' ? 200 : 503, body)
}

const answerMetrics = (meter: ServerRoot['meter']): RouteAnswer =>
  always(
    pipe(
      meter.render,
      T.map((text) => ({ status: 200, headers: { 'Content-Type': meter.contentType }, body: text })),
    ),
  )

/** What the metrics port serves, to whoever reaches it. */
export const metricsPortRoutes = (meter: ServerRoot['meter']): ReadonlyArray<ServedRoute> => [
  { operation: metricsPortOperations.scrapeMetrics, answer: () => answerMetrics(meter) },
]

export const probeRoutes = ({
  meter,
  registryStates,
  admit,
  state,
  anonymousMetrics,
}: ProbeRoutesDeps): ReadonlyArray<ServedRoute> => {
  const registries = () => toRegistries(registryStates())
  const answers: Readonly<Record<ProbeOperationId, () => RouteAnswer>> = {
    liveness: () => always(T.of(jsonAnswer(200, { status: 'ok' }))),
    readiness: () =>
      always(
        pipe(
          state.isDatabaseUp,
          T.map((isUp) => readinessAnswer({ isAccepting: state.isAccepting(), isDatabaseUp: isUp }, registries())),
        ),
      ),
    health: () =>
      always(
        pipe(
          state.isDatabaseUp,
          T.map((isUp) => jsonAnswer(200, healthOf({ isDatabaseUp: isUp }, registries()))),
        ),
      ),
    metrics: () => answerMetrics(meter),
  }
  const isOpen = (id: ProbeOperationId): boolean => id === 'metrics' && anonymousMetrics
  return (Object.keys(probeOperations) as ReadonlyArray<ProbeOperationId>).map((id) => ({
    operation: probeOperations[id],
    answer: isOpen(id) ? answers[id] : admit(probeOperations[id], answers[id]),
  }))
}
