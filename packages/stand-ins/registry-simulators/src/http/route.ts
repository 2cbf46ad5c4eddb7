import type { SimulatedAnswer } from './answer.ts'
import type { ReceivedRequest } from './received-request.ts'

/** Values of a path's `:name` segments. */
export type PathValues = Record<string, string>

export interface Route {
  /** The name faults and counts know it by. */
  operation: string
  method: string
  /** Such as `/v1/things/:name`; a last segment `:name*` takes all that follows. */
  path: string
  /** Takes effect at once and whole: it must not wait. */
  act: (request: ReceivedRequest, values: PathValues) => SimulatedAnswer
}

export interface RouteMatch {
  route: Route
  values: PathValues
}

const matchPath = (path: string, segments: ReadonlyArray<string>): PathValues | undefined => {
  const pattern = path.split('/').slice(1)
  const last = pattern.at(-1) ?? ''
  const takesRest = last.endsWith('*')
  if (takesRest ? segments.length < pattern.length : segments.length !== pattern.length) return undefined
  const values: PathValues = Object.create(null) as PathValues
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] as string
    if (takesRest && index === pattern.length - 1) values[part.slice(1, -1)] = segments.slice(index).join('/')
    else if (part.startsWith(':') && segment !== '') values[part.slice(1)] = segment
    else if (part !== segment) return undefined
  }
  return values
}

/** The route of a request, or whether its path exists under another method only. */
export const findRoute = (
  routes: ReadonlyArray<Route>,
  request: ReceivedRequest,
): RouteMatch | 'otherMethod' | 'unknown' => {
  const matches = routes.flatMap((route) => {
    const values = matchPath(route.path, request.segments)
    return values === undefined ? [] : [{ route, values }]
  })
  return (
    matches.find(({ route }) => route.method === request.method) ?? (matches.length > 0 ? 'otherMethod' : 'unknown')
  )
}
