import type * as t from 'io-ts'
import { jobName } from './job-run-body.ts'
import { clusterIdText } from './text-codecs.ts'

/** What stands for each name in braces in the paths of operations. */
export const pathParameters: Readonly<Record<string, t.Mixed>> = {
  cluster_id: clusterIdText,
  name: jobName,
}
