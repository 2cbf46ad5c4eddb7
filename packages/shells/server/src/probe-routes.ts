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
  readonly accessState: ServerRoot['access']['state']
  readonly admit: Admit
  readonly state: ProcessState
  readonly anonymousMetrics: boolean
}

const always = (task: T.Task<Answer>): RouteAnswer => TE.fromTask<Answer, AnsweredError>(task)

type RegistriesOfBody = HealthBody['registries']

const toRegistries = (states: ReturnType<ServerRoot['registryStates']>): RegistriesOfBody =>
  Object.fromEntries(
    states.map(({ registryId, state, isCircuitOpen }) => [
      registryId,
      {
        status: state.kind,
        ...(state.kind === 'failing' ? { problem: state.problem } : {}),
        ...(isCircuitOpen ? { circuit: 'open' as const } : {}),
      },
    ]),
  )

/** What this process needs to answer anybody. */
interface Needs {
  readonly isDatabaseUp: boolean
  readonly access: ReturnType<ServerRoot['access']['state']>
}

const component = (isUp: boolean, problem: string) =>
  isUp ? ({ status: 'ok' } as const) : ({ status: 'failing', problem } as const)

const accessProblems = { failing: 'who decides about callers gives no answer', unusable: 'cannot be used' } as const

const healthOf = ({ isDatabaseUp, access }: Needs, registries: RegistriesOfBody): HealthBody => ({
  status: isDatabaseUp && access === 'working' ? 'ok' : 'degraded',
  components: {
    database: component(isDatabaseUp, 'does not answer'),
    access: access === 'working' ? { status: 'ok' } : { status: 'failing', problem: accessProblems[access] },
  },
  registries,
})

const check = (isUp: boolean) => (isUp ? 'ok' : 'failing')

const readinessAnswer = (
  { isAccepting, isDatabaseUp, access }: Needs & { readonly isAccepting: boolean },
  registries: RegistriesOfBody,
): Answer => {
  // Other replicas would ask the same API server, and callers who were let in a moment ago are still served.
  const isAccessUsable = access !== 'unusable'
  const body: ReadinessBody = {
    status: isAccepting && isDatabaseUp && isAccessUsable ? 'ready' : 'not_ready',
    checks: {
      accepting_requests: check(isAccepting),
      database: check(isDatabaseUp),
      access: check(isAccessUsable),
    },
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
  accessState,
  admit,
  state,
  anonymousMetrics,
}: ProbeRoutesDeps): ReadonlyArray<ServedRoute> => {
  const registries = () => toRegistries(registryStates())
  const needs: T.Task<Needs> = pipe(
    state.isDatabaseUp,
    T.map((isDatabaseUp) => ({ isDatabaseUp, access: accessState() })),
  )
  const answers: Readonly<Record<ProbeOperationId, () => RouteAnswer>> = {
    liveness: () => always(T.of(jsonAnswer(200, { status: 'ok' }))),
    readiness: () =>
      always(
        pipe(
          needs,
          T.map((met) => readinessAnswer({ ...met, isAccepting: state.isAccepting() }, registries())),
        ),
      ),
    health: () =>
      always(
        pipe(
          needs,
          T.map((met) => jsonAnswer(200, healthOf(met, registries()))),
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
