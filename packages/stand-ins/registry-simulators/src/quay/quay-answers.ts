import { jsonAnswer, type SimulatedAnswer } from '../http/answer.ts'

type ErrorType = 'invalid_request' | 'invalid_token' | 'insufficient_scope' | 'not_found'

/** Quay's problem body (quay/quay endpoints/exception.py ApiException). */
const apiError = (status: number, errorType: ErrorType, message: string): SimulatedAnswer =>
  jsonAnswer(status, {
    detail: message,
    error_message: message,
    error_type: errorType,
    title: errorType,
    type: `/api/v1/error/${errorType}`,
    status,
  })

export const invalidRequest = (message: string): SimulatedAnswer => apiError(400, 'invalid_request', message)

export const notFound = (): SimulatedAnswer => apiError(404, 'not_found', 'Not Found')

export const invalidToken = (): SimulatedAnswer => apiError(401, 'invalid_token', 'Requires authentication')

export const insufficientScope = (): SimulatedAnswer => apiError(403, 'insufficient_scope', 'Unauthorized')

/** What a bad bearer token gets on anything but GET (endpoints/csrf.py): a 403 that says nothing about rights. */
export const csrfRefusal = (): SimulatedAnswer => jsonAnswer(403, { error: 'CSRF token was invalid or missing.' })

/** An error of the data model (endpoints/decorated.py): "not found" and "already a member" come this way, as 400. */
export const modelError = (message: string): SimulatedAnswer => jsonAnswer(400, { message })

export const robotMissing = (): SimulatedAnswer => modelError('Could not find robot with specified username')

export const unrouted = (why: 'unknown' | 'otherMethod'): SimulatedAnswer =>
  why === 'unknown' ? notFound() : jsonAnswer(405, { message: 'The method is not allowed for the requested URL.' })
