/** How much is measured: enough to decide, or enough to publish. */
export interface Sizes {
  readonly warmRounds: number
  readonly warmRequests: number
  readonly coldRounds: number
  readonly hangingRounds: number
  readonly startRounds: number
  readonly floodRounds: number
  readonly floodSeconds: number
  readonly loadSeconds: number
}

export const quick: Sizes = {
  warmRounds: 9,
  warmRequests: 1_500,
  coldRounds: 9,
  hangingRounds: 5,
  startRounds: 5,
  floodRounds: 5,
  floodSeconds: 3,
  loadSeconds: 10,
}
export const full: Sizes = {
  warmRounds: 31,
  warmRequests: 3_000,
  coldRounds: 31,
  hangingRounds: 9,
  startRounds: 15,
  floodRounds: 9,
  floodSeconds: 5,
  loadSeconds: 60,
}

/** Requests under way at once: enough to keep the ten connections of a pool busy. */
export const connections = 16
/** Clusters that warm requests go through in turn. */
export const warmClusters = 100
/** Generates that hang in a vendor call at once, and how many of them are sent together. */
export const hangingCalls = 500
export const hangingWave = 25
/** GETs of known callers a second, and requests with new tokens beside them. */
export const knownPerSecond = 200
export const floodPerSecond = 1_000
