import type { FaultRule } from './fault.ts'

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isFlag: Check = (value) => typeof value === 'boolean'
const isMilliseconds: Check = (value) => typeof value === 'number' && value >= 0
const isCount: Check = (value) => Number.isInteger(value) && (value as number) > 0
const isProbability: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1
const isStatus: Check = (value) => Number.isInteger(value) && (value as number) >= 200 && (value as number) <= 599
const isBody: Check = (value) => value === 'html' || value === 'json' || value === 'empty'
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)

const faultFields: Record<string, Record<string, Check>> = {
  hang: { acts: optional(isFlag) },
  resetBefore: {},
  resetAfter: {},
  delay: { delayMilliseconds: isMilliseconds },
  lateLanding: { delayMilliseconds: optional(isMilliseconds) },
  status: {
    status: isStatus,
    retryAfterSeconds: optional(isMilliseconds),
    body: optional(isBody),
    acts: optional(isFlag),
  },
  executeTwice: {},
  emptyBody: {},
  slowBody: { delayMilliseconds: optional(isMilliseconds) },
}

const ruleFields: Record<string, Check> = {
  operation: isText,
  times: optional(isCount),
  probability: optional(isProbability),
  pathIncludes: optional(isText),
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const firstMismatch = (
  record: Record<string, unknown>,
  fields: Record<string, Check>,
  also: string,
): string | undefined =>
  Object.keys(fields).find((field) => !(fields[field] as Check)(record[field])) ??
  Object.keys(record).find((field) => field !== also && !Object.hasOwn(fields, field))

/** A rule from a request's body, or the name of the first field that is wrong or unknown. */
export const decodeFaultRule = (value: unknown): { rule: FaultRule } | { wrongField: string } => {
  if (!isRecord(value)) return { wrongField: 'body' }
  const { fault } = value
  if (!isRecord(fault)) return { wrongField: 'fault' }
  const kind = String(fault['kind'])
  if (!Object.hasOwn(faultFields, kind)) return { wrongField: 'fault.kind' }
  const inFault = firstMismatch(fault, faultFields[kind] as Record<string, Check>, 'kind')
  if (inFault !== undefined) return { wrongField: `fault.${inFault}` }
  const inRule = firstMismatch(value, ruleFields, 'fault')
  if (inRule !== undefined) return { wrongField: inRule }
  return { rule: value as unknown as FaultRule }
}
