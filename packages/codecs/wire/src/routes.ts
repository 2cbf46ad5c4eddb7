/** One operation of the HTTP API. Names in braces are path parameters. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
}

const pullSecrets = '/v1/clusters/{cluster_id}/pull-secrets'

/** Every operation there is; server, client and API description read this table. */
export const routes = {
  generatePullSecret: { method: 'POST', path: pullSecrets },
  retrievePullSecret: { method: 'GET', path: pullSecrets },
  deletePullSecret: { method: 'DELETE', path: pullSecrets },
  verifyPullSecret: { method: 'POST', path: `${pullSecrets}/verification` },
  listRegistries: { method: 'GET', path: '/v1/registries' },
  runJob: { method: 'POST', path: '/v1/jobs/{name}/runs' },
  health: { method: 'GET', path: '/v1/health' },
  metrics: { method: 'GET', path: '/v1/metrics' },
  liveness: { method: 'GET', path: '/healthz' },
  readiness: { method: 'GET', path: '/readyz' },
} as const satisfies Readonly<Record<string, Route>>

export type RouteName = keyof typeof routes

/** The platform's gateway passes its own prefix on: the versioned API is served under it too. */
const platformPrefix = '/api/hyperfleet'

/** Every path under which a route is served. */
export const servedPaths = (route: Route): ReadonlyArray<string> =>
  route.path.startsWith('/v1/') ? [route.path, `${platformPrefix}${route.path}`] : [route.path]

type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never

/** The path of a route for the given parameters, each percent-encoded. */
export const pathOf = <N extends RouteName>(
  name: N,
  parameters: Readonly<Record<ParameterOf<(typeof routes)[N]['path']>, string>>,
): string =>
  Object.entries<string>(parameters).reduce(
    (path: string, [parameter, value]) => path.replace(`{${parameter}}`, () => encodeURIComponent(value)),
    routes[name].path,
  )
