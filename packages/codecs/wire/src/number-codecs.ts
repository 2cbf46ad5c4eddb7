import { described, wholeNumber } from '@pull-secret/decoding'
import * as t from 'io-ts'

/** As requests name it. Answers are not held to its bounds. */
export const incarnation = wholeNumber(1, 2_147_483_647)

/** Of an answer: a whole number that is not negative. */
export const count = (description: string, example: number): t.Type<number> =>
  described<t.Type<number>>(t.number, description, { type: 'integer', minimum: 0, example })
