import type { Api } from '@pull-secret/api'
import { metricsPortOperations, operations } from '@pull-secret/wire'
import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Admit } from './admission.ts'
import { apiRoutes } from './api-routes.ts'
import { descriptionRoutes } from './description-routes.ts'
import { metricsPortRoutes, probeRoutes, type ProbeRoutesDeps } from './probe-routes.ts'

const refuseAll: Admit = () => () => TE.left({ code: 'DRAINING' })

const meter: ProbeRoutesDeps['meter'] = {
  count: () => () => undefined,
  observe: () => () => undefined,
  set: () => () => undefined,
  render: () => Promise.resolve(''),
  contentType: 'text/plain',
}

const state: ProbeRoutesDeps['state'] = {
  isAccepting: () => true,
  isDraining: () => false,
  accept: () => undefined,
  drain: () => undefined,
  isDatabaseUp: () => Promise.resolve(true),
}

/** No route is called here. */
const noApi = {} as Api

describe('the routes', () => {
  it('of the API port serve each operation of the table once, and nothing else', () => {
    const routes = [
      ...apiRoutes(noApi, refuseAll),
      ...probeRoutes({
        meter,
        registryStates: () => [],
        accessState: () => 'working',
        admit: refuseAll,
        state,
        anonymousMetrics: false,
      }),
      ...descriptionRoutes({ errorsBaseUrl: 'https://docs.example/errors/' }),
    ]
    expect(routes.map(({ operation }) => operation)).to.have.members(Object.values(operations))
    expect(routes).to.have.length(Object.keys(operations).length)
  })

  it('of the metrics port serve each of its operations once, and nothing else', () => {
    expect(metricsPortRoutes(meter).map(({ operation }) => operation)).to.have.ordered.members(
      Object.values(metricsPortOperations),
    )
  })
})
