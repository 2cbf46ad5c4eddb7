import type { Failure } from '@pull-secret/domain'
import type { RequestLimits } from './api.ts'

const maximumLength = 64

/** The length is checked first: the patterns are the operator's own. */
export const isClusterId = (text: string | undefined, { clusterIdPatterns }: RequestLimits): text is string =>
  text !== undefined && text.length <= maximumLength && clusterIdPatterns.some((pattern) => pattern.test(text))

export const badClusterId: Failure<'INVALID_INPUT'> = {
  code: 'INVALID_INPUT',
  field: 'cluster_id',
  rule: 'format',
  message: 'cluster_id does not match any pattern that this deployment accepts',
}
