import type { Config, KubernetesAccessConfig, RateLimit, StaticAccessConfig } from '@pull-secret/config'
import { modeTermsOf } from './mode-modules.ts'
import type { AccessTerms, LimitTerms, ListenerTerms } from './mode-terms.ts'

export type EffectiveAccess = StaticAccessConfig | (KubernetesAccessConfig & AccessTerms)

export interface EffectiveLimits extends LimitTerms {
  readonly unauthenticated: RateLimit
  readonly subjects: ReadonlyArray<LimitTerms & { readonly subject: string }>
}

/** A configuration with what its mode decides where it says nothing. */
export interface EffectiveConfig extends Config {
  readonly server: Config['server'] & ListenerTerms
  readonly access: Config['access'] & EffectiveAccess
  readonly rateLimits: EffectiveLimits
}

const limitOf = ({ perMinute, perSecond }: Partial<RateLimit>, everybody: RateLimit): RateLimit => ({
  perMinute: perMinute ?? everybody.perMinute,
  perSecond: perSecond ?? everybody.perSecond,
})

const effectiveAccess = (access: Config['access'], { audiences }: AccessTerms): EffectiveConfig['access'] =>
  access.type === 'static' ? access : { ...access, audiences: access.audiences ?? audiences }

const effectiveLimits = (limits: Config['rateLimits'], terms: LimitTerms): EffectiveLimits => {
  const standard = limitOf(limits.standard, terms.standard)
  return {
    ...limits,
    standard,
    subjects: limits.subjects.map(({ subject, standard: own }) => ({ subject, standard: limitOf(own, standard) })),
  }
}

export const effectiveConfig = (config: Config): EffectiveConfig => {
  const { listener, access, limits } = modeTermsOf(config.deployment.mode)
  return {
    ...config,
    server: { ...config.server, plainHttp: config.server.plainHttp ?? listener.plainHttp },
    access: effectiveAccess(config.access, access),
    rateLimits: effectiveLimits(config.rateLimits, limits),
  }
}
