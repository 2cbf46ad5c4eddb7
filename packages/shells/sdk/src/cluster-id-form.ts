import { PullSecretError } from './pull-secret-error.ts'

/** `.` and `..` would name another path. */
const clusterIdForm = /^(?!\.{1,2}$)[\x21-\x7e]{1,64}$/

/** Refuses a cluster id that no service accepts, before anything is sent. @throws PullSecretError `INVALID_REQUEST` */
export const checkClusterId = ({ cluster_id: clusterId }: Readonly<Record<string, string>>): void => {
  if (clusterId === undefined || clusterIdForm.test(clusterId)) return
  throw new PullSecretError('INVALID_REQUEST', 'A cluster id must be 1 to 64 printable characters without spaces', {
    details: { field: 'cluster_id' },
  })
}
