import { subscribe } from 'node:diagnostics_channel'

const socketOf = new WeakMap<object, object>()
const answered = new WeakSet<object>()
const refused = new WeakSet<object>()
const errorsOfRefused = new WeakSet<object>()

// undici's own channels (docs/docs/api/DiagnosticsChannel.md) tell which socket a request was written to, and by which
// error it ended: rarely the one that the socket had.
subscribe('undici:client:sendHeaders', (message) => {
  const { request, socket } = message as { readonly request: object; readonly socket: object }
  socketOf.set(request, socket)
})
subscribe('undici:request:headers', (message) => {
  const { request } = message as { readonly request: object }
  const socket = socketOf.get(request)
  if (socket !== undefined) answered.add(socket)
})
subscribe('undici:request:error', (message) => {
  const { request, error } = message as { readonly request: object; readonly error: object }
  const socket = socketOf.get(request)
  if (socket !== undefined && refused.has(socket) && !answered.has(socket)) errorsOfRefused.add(error)
})

/** The server turned our certificate away on this connection. */
export const noteRefusal = (socket: object): void => {
  refused.add(socket)
}

/** Whether a request ended because its connection was turned away before anything was ever answered on it. */
export const endedByRefusal = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && errorsOfRefused.has(error)
