import type { Credential, EntryWork } from '../credentials/credential.ts'

/** What the service does about a row. */
export type RowWork = 'create' | 'revoke' | EntryWork

export const rowWorks: ReadonlyArray<RowWork> = ['create', 'revoke', 'mint', 'validate']

/** What is to be done about a row, whenever that is. */
export const workOf = ({ state, nextWork = 'mint' }: Pick<Credential, 'state' | 'nextWork'>): RowWork => {
  switch (state) {
    case 'intended':
      return 'create'
    case 'ready':
    case 'active':
    case 'retiring':
      return nextWork
    case 'revoking':
    case 'revoked':
      return 'revoke'
  }
}
