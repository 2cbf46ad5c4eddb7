import type { AnyRequest } from '@pull-secret/wire'

/** The parts of a request for any operation, for code that handles them all. */
export const requestParts = (request: AnyRequest): AnyRequest => request
