import type { BanBody } from '@pull-secret/wire'
import { revocationTable } from './revocation-table.ts'
import type { View } from './view.ts'

const bannedText = ({ cluster_id: id, reason, banned_by: by, banned_at: at }: BanBody): string =>
  `Cluster ${id} is banned since ${at ?? ''} by ${by ?? ''}: ${reason ?? ''}\n`

const revocationText = ({ revoked, registries }: BanBody): string => {
  if (revoked === true) return 'Every credential of it is proved revoked.\n'
  return Object.keys(registries).length === 0
    ? ''
    : `The service continues until every credential is proved revoked.\n\n${revocationTable(registries)}`
}

/** Whether a cluster is banned, and the state of the revocations. */
export const presentBan = (ban: BanBody): View => ({
  text: `${ban.banned ? bannedText(ban) : `Cluster ${ban.cluster_id} is not banned.\n`}${revocationText(ban)}`,
  data: ban,
})
