import { webAddress } from '@pull-secret/decoding'
import * as t from 'io-ts'

/** Of a receiver to whose address a path is appended. */
export const receiverAddress: t.Type<string> = new t.Type<string>(
  'an http or https address without a query',
  webAddress.is,
  (value, context) =>
    typeof value === 'string' && /[?#]/.test(value)
      ? t.failure(value, context, 'must have nothing after its path')
      : webAddress.validate(value, context),
  (address) => address,
)

const isRatio = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1

export const ratio: t.Type<number> = new t.Type<number>(
  'a number from 0 to 1',
  isRatio,
  (value, context) => (isRatio(value) ? t.success(value) : t.failure(value, context, 'must be a number from 0 to 1')),
  (number) => number,
)
