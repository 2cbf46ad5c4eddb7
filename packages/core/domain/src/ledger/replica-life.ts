import { type Instant, secondsAfter } from '../platform/instant.ts'
import type { Replica } from './replica-register.ts'

/** How often a replica says that it lives. */
export const beatSeconds = 10

/** Three beats may get lost. */
const livesSeconds = 35

/** Whether a replica has to be reckoned with. */
export const isAlive = ({ seenAt }: Pick<Replica, 'seenAt'>, now: Instant): boolean =>
  now < secondsAfter(seenAt, livesSeconds)
