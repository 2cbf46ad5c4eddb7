import type { ServerResponse } from 'node:http'
import type { SimulatedAnswer } from './answer.ts'

const hasNoBody = (response: ServerResponse, { status }: SimulatedAnswer): boolean =>
  response.req.method === 'HEAD' || status === 204 || status === 304

const writeHead = (response: ServerResponse, answer: SimulatedAnswer): void => {
  const length = hasNoBody(response, answer) ? {} : { 'content-length': String(Buffer.byteLength(answer.body)) }
  response.writeHead(answer.status, { ...answer.headers, ...length })
}

export const sendAnswer = (response: ServerResponse, answer: SimulatedAnswer): void => {
  writeHead(response, answer)
  response.end(hasNoBody(response, answer) ? undefined : answer.body)
}

/** Sends the head and one byte, and the rest when told; drops the connection when told not to. */
export const sendAnswerSlowly = async (
  response: ServerResponse,
  answer: SimulatedAnswer,
  rest: Promise<boolean>,
): Promise<void> => {
  const body = Buffer.from(answer.body)
  writeHead(response, answer)
  response.flushHeaders()
  if (!hasNoBody(response, answer)) response.write(body.subarray(0, 1))
  if (!(await rest)) return void response.destroy()
  response.end(hasNoBody(response, answer) ? undefined : body.subarray(1))
}
