import { effectiveConfig, type ServerRoot } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import { type Admit, makeAdmit } from './admission.ts'
import { makeIdentifyCaller } from './identify-caller.ts'
import { makeKnownTokens } from './limits/known-tokens.ts'
import { makeRateLimits } from './limits/rate-limits.ts'

/** As many as an authenticator has verdicts on. */
const mostKnownTokens = 20_000

/** Admission as configured. Limits are counted anew by every process. */
export const openAdmission = ({ access, clock, meter, refusals }: ServerRoot, config: Config): Admit => {
  const { authenticator, policy } = access
  const rateLimits = makeRateLimits({
    limits: effectiveConfig(config).rateLimits,
    clock,
    noteLimited: (limitClass) => meter.count('rate_limited_total', { class: limitClass }),
  })
  return makeAdmit({
    identifyCaller: makeIdentifyCaller({ authenticator, rateLimits, knownTokens: makeKnownTokens(mostKnownTokens) }),
    rateLimits,
    policy,
    limits: config.server,
    clock,
    noteRefusal: refusals.note,
  })
}
