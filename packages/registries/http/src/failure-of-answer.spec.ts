import { expect } from 'chai'
import { failureOfAnswer } from './failure-of-answer.ts'
import type { HttpAnswer } from './http-message.ts'

const answered = (status: number, body = '{"message":"no"}', headers: HttpAnswer['headers'] = {}): HttpAnswer => ({
  kind: 'answered',
  status,
  headers,
  body,
})
const page = '<html><body>nginx</body></html>'
const now = Date.UTC(2026, 0, 1)

describe('failureOfAnswer', () => {
  const cases: ReadonlyArray<readonly [string, HttpAnswer, object]> = [
    [
      'takes 429 as a definite no, even from a page',
      answered(429, page),
      { kind: 'refused', problem: 'throttled', firstStep: true, retryAfterSeconds: undefined },
    ],
    [
      'says how long a 429 asks to wait',
      answered(429, '', { 'retry-after': '17' }),
      { kind: 'refused', problem: 'throttled', firstStep: true, retryAfterSeconds: 17 },
    ],
    [
      'reads a date to wait for',
      answered(429, '', { 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }),
      { kind: 'refused', problem: 'throttled', firstStep: true, retryAfterSeconds: 60 },
    ],
    [
      'takes 401 as a refused administrator',
      answered(401, ''),
      { kind: 'refused', problem: 'administrator_refused', firstStep: true },
    ],
    [
      'takes 403 as a refused administrator',
      answered(403),
      { kind: 'refused', problem: 'administrator_refused', firstStep: true },
    ],
    [
      'takes another 4xx as a refused request',
      answered(422),
      { kind: 'refused', problem: 'request_refused', firstStep: true },
    ],
    [
      'knows nothing from a 403 that a page tells',
      answered(403, page),
      { kind: 'unknown', problem: 'unreadable_answer' },
    ],
    [
      'knows nothing from a 404 in plain words',
      answered(404, 'no route'),
      { kind: 'unknown', problem: 'unreadable_answer' },
    ],
    ['knows nothing after 408', answered(408), { kind: 'unknown', problem: 'timeout' }],
    [
      'knows nothing after a page with status 200',
      answered(200, page),
      { kind: 'unknown', problem: 'unreadable_answer' },
    ],
    ['knows nothing after a redirect', answered(302, ''), { kind: 'unknown', problem: 'unreadable_answer' }],
    ...[500, 502, 503, 504].map(
      (status) =>
        [
          `knows nothing after ${String(status)}`,
          answered(status),
          { kind: 'unknown', problem: 'server_error' },
        ] as const,
    ),
  ]
  for (const [promise, answer, outcome] of cases)
    it(promise, () => expect(failureOfAnswer(answer, now)).to.deep.equal(outcome))
})
