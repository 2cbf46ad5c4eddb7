import type { AnyRequest } from '@pull-secret/wire'

/** The parts of a request of whatever operation, for code that serves them all. */
export const requestParts = (request: AnyRequest): AnyRequest => request
