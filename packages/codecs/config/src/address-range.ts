import { isIP } from 'node:net'
import * as t from 'io-ts'

const bitsOf: Readonly<Record<number, number>> = { 4: 32, 6: 128 }

const isAddressRange = (text: string): boolean => {
  const [, address = '', prefix = '0'] = /^([^/%]*)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  return Number(prefix) <= (bitsOf[isIP(address)] ?? -1)
}

/** One address, or all that begin alike (CIDR). */
export const addressRange: t.Type<string> = new t.Type<string>(
  'an IP address or a range of addresses',
  (value): value is string => typeof value === 'string' && isAddressRange(value),
  (value, context) => {
    if (typeof value !== 'string') return t.failure(value, context)
    return isAddressRange(value)
      ? t.success(value)
      : t.failure(value, context, 'must be an IP address, or a range such as 10.0.0.0/8')
  },
  (text) => text,
)
