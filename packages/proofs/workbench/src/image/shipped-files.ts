/** Source maps, types and what a compiler keeps for itself: nothing that runs. */
const neverRun = /\.(map|tsbuildinfo|[cm]?ts)$/

const tests = /(^|\/)(test|tests|__tests__)\/|\.(spec|test)\.[cm]?js$/

/** What only specs import from a package of ours. */
const testing = /^dist\/testing(\/|\.js$)/

const ownParts = /^(package\.json$|LICENSE$|dist\/|bin\/)/

/** Whether a file of a package from a registry belongs into the image, by its path in the package. */
export const isShipped = (path: string): boolean => !neverRun.test(path) && !tests.test(path)

/** Whether a file of one of our packages does. */
export const isShippedOfOurs = (path: string): boolean => ownParts.test(path) && !testing.test(path) && isShipped(path)
