import type { Failure } from '@pull-secret/domain'
import { clusterIdText } from '@pull-secret/wire'
import type { RequestLimits } from './api.ts'

/** The form of every cluster id is checked first: the patterns are the operator's own. */
export const isClusterId = (text: string | undefined, { clusterIdPatterns }: RequestLimits): text is string =>
  clusterIdText.is(text) && clusterIdPatterns.some((pattern) => pattern.test(text))

/** Names the patterns of the deployment, so that a caller can tell what is wrong with an id. */
export const badClusterId = ({ clusterIdPatterns }: RequestLimits): Failure<'INVALID_INPUT'> => ({
  code: 'INVALID_INPUT',
  field: 'cluster_id',
  rule: 'format',
  message: [
    'cluster_id must be 1 to 64 printable ASCII characters without spaces, and match one of the patterns of this',
    `deployment: ${clusterIdPatterns.map(({ source }) => source).join(' or ')}`,
  ].join(' '),
})
