import { PullSecretError } from './pull-secret-error.ts'

/** `.` and `..` would name another path. */
const clusterIdForm = /^(?!\.{1,2}$)[\x21-\x7e]{1,64}$/

/** Refuses a cluster id that no service accepts, before anything is sent. @throws PullSecretError `INVALID_REQUEST` */
export const checkClusterId = (parameters: Readonly<Record<string, string>>): void => {
  const given: unknown = parameters['cluster_id']
  if (!Object.hasOwn(parameters, 'cluster_id') || (typeof given === 'string' && clusterIdForm.test(given))) return
  throw new PullSecretError('INVALID_REQUEST', 'A cluster id must be 1 to 64 printable characters without spaces', {
    details: { field: 'cluster_id' },
  })
}
