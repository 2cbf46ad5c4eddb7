/** Source maps, types and what a compiler keeps for itself: nothing that runs. */
const neverRun = /\.(map|tsbuildinfo|[cm]?ts)$/

const tests = /(^|\/)(test|tests|__tests__)\/|\.(spec|test)\.[cm]?js$/

/** Whether a file of a package from a registry belongs into the image, by its path in the package. */
export const isShipped = (path: string): boolean => !neverRun.test(path) && !tests.test(path)
