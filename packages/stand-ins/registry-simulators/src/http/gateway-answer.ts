import { STATUS_CODES } from 'node:http'
import { emptyAnswer, jsonAnswer, type SimulatedAnswer } from './answer.ts'

const nginxPage = (status: number): string => {
  const title = `${status} ${STATUS_CODES[status] ?? 'Error'}`
  return [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n')
}

const answersOf = {
  html: (status: number): SimulatedAnswer => ({
    status,
    headers: { 'content-type': 'text/html' },
    body: nginxPage(status),
  }),
  json: (status: number): SimulatedAnswer => jsonAnswer(status, { message: STATUS_CODES[status] ?? 'Error' }),
  empty: emptyAnswer,
}

/** What a proxy in front of the vendor says: nginx's HTML page, JSON, or nothing; Retry-After only when asked for. */
export const gatewayAnswer = ({
  status,
  retryAfterSeconds,
  body = 'html',
}: {
  status: number
  retryAfterSeconds?: number
  body?: keyof typeof answersOf
}): SimulatedAnswer => {
  const shown = answersOf[body](status)
  return retryAfterSeconds === undefined
    ? shown
    : { ...shown, headers: { ...shown.headers, 'retry-after': String(retryAfterSeconds) } }
}
