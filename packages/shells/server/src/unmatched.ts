/** A path without a route, for logs and metrics. */
export const unmatched = 'unmatched'
