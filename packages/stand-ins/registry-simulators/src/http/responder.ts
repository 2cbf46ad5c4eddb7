import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { mayControl } from '../control/may-control.ts'
import { controlPrefix } from '../control/simulator-control.ts'
import { actWithFault } from '../faults/act-with-fault.ts'
import type { FaultSource } from '../faults/fault-control.ts'
import type { Holds } from '../faults/holds.ts'
import { jsonAnswer, type SimulatedAnswer } from './answer.ts'
import type { OperationCounts } from './operation-counts.ts'
import { type ReceivedRequest, receiveRequest } from './received-request.ts'
import { findRoute, type Route } from './route.ts'
import { sendAnswer, sendAnswerSlowly } from './send-answer.ts'

export interface ResponderDeps {
  routes: ReadonlyArray<Route>
  /** What the vendor says of an unknown path, or of a known one under another method. */
  unrouted: (why: 'unknown' | 'otherMethod') => SimulatedAnswer
  faults: FaultSource
  holds: Holds
  latency: Holds
  latencyMilliseconds: number
  counts: OperationCounts
  /** Absent where the simulator's own calls are not served. */
  control?: (request: ReceivedRequest) => Promise<SimulatedAnswer>
}

const isControlCall = ({ socket, headers }: IncomingMessage, { segments }: ReceivedRequest): boolean =>
  segments[0] === controlPrefix && mayControl(socket.remoteAddress, headers['x-simulator'])

/** Node cannot send a TCP reset below TLS; there the connection just ends, without TLS's own goodbye. */
const resetConnection = ({ socket }: IncomingMessage): void => {
  if ('encrypted' in socket) socket.destroy()
  else socket.resetAndDestroy()
}

/** Answers requests: the simulator's own calls, then the vendor's routes under the fault that strikes. */
export const makeResponder = (deps: ResponderDeps): RequestListener => {
  const { routes, unrouted, faults, holds, latency, latencyMilliseconds, counts, control } = deps

  const respond = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await receiveRequest(message)
    if ('refusal' in request) {
      sendAnswer(response, jsonAnswer(request.refusal, { message: 'request refused' }, { connection: 'close' }))
      return
    }
    if (control !== undefined && isControlCall(message, request)) {
      sendAnswer(response, await control(request))
      return
    }
    const match = findRoute(routes, request)
    if (typeof match === 'string') {
      sendAnswer(response, unrouted(match))
      return
    }

    const { route, values } = match
    counts.received(route.operation)
    const fault = faults.draw(route.operation, request.path)
    if (latencyMilliseconds > 0 && !(await latency.wait(latencyMilliseconds))) return void response.destroy()
    await actWithFault(
      {
        act: () => {
          counts.acted(route.operation)
          return route.act(request, values)
        },
        answer: (answer) => sendAnswer(response, answer),
        answerSlowly: (answer, rest) => sendAnswerSlowly(response, answer, rest),
        reset: () => resetConnection(message),
        holds,
      },
      fault,
    )
  }

  return (message, response) => {
    respond(message, response).catch(() => {
      if (response.headersSent || (message.destroyed && !message.complete)) response.destroy()
      else sendAnswer(response, jsonAnswer(500, { message: 'Internal Server Error' }))
    })
  }
}
