import { gatewayAnswer } from '../http/gateway-answer.ts'
import type { Route } from '../http/route.ts'

/** How often the API may be called. */
export interface ApiLimit {
  perSecond: number
  /** How many more than one may come at once after a pause. */
  burst: number
}

/** quay.io's own, for each address (quay/quay conf/nginx/rate-limiting.conf.jnj). */
export const quayIoLimit: ApiLimit = { perSecond: 5, burst: 25 }

export interface ApiLimiter {
  limited: (route: Route) => Route
  /** How many calls were turned away. */
  turnedAway: () => number
  /** When each call was let through, in milliseconds of its clock. Nothing is kept without a limit. */
  admitted: () => ReadonlyArray<number>
}

/** Turns calls away as nginx does: with a page, without a Retry-After, before the application sees them. */
export const makeApiLimiter = (
  limit: ApiLimit | undefined,
  milliseconds: () => number = () => performance.now(),
): ApiLimiter => {
  if (limit === undefined) return { limited: (route) => route, turnedAway: () => 0, admitted: () => [] }
  const { perSecond, burst } = limit
  let free = burst + 1
  let countedAt = milliseconds()
  let turnedAway = 0
  const admitted: Array<number> = []

  const mayPass = (): boolean => {
    const now = milliseconds()
    free = Math.min(burst + 1, free + ((now - countedAt) * perSecond) / 1000)
    countedAt = now
    if (free < 1) return false
    free -= 1
    admitted.push(now)
    return true
  }

  return {
    limited: (route) => ({
      ...route,
      act: (request, values) => {
        if (mayPass()) return route.act(request, values)
        turnedAway += 1
        return gatewayAnswer({ status: 429 })
      },
    }),
    turnedAway: () => turnedAway,
    admitted: () => admitted,
  }
}
