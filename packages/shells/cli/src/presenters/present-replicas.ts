import type { ReplicasBody } from '@pull-secret/wire'
import { ageOf } from './age.ts'
import { table } from './table.ts'
import type { View } from './view.ts'

/** Who writes the ledger, one a line. `now`: milliseconds since 1970. */
export const presentReplicas = (body: ReplicasBody, now: number): View => ({
  text: table(
    ['HOST', 'COMPONENT', 'VERSION', 'STATE', 'STARTED', 'SEEN', 'KEYS'],
    body.replicas.map((replica) => [
      replica.host,
      replica.component,
      replica.version,
      replica.alive ? 'alive' : 'lost',
      ageOf(replica.started_at, now),
      ageOf(replica.seen_at, now),
      replica.key_ids.join(', '),
    ]),
  ),
  data: body,
})
