import type { DeploymentMode } from '@pull-secret/config'
import { Container, ContainerModule, type ServiceIdentifier } from 'inversify'
import { type ModeTerms, ModeTokens } from './mode-terms.ts'

const binding = <T>(token: ServiceIdentifier<T>, terms: T): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(token).toConstantValue(terms)
  })

/** Callers are in the same cluster, and often behind a mesh of its own. */
const plainHttpInside = binding(ModeTokens.listener, { plainHttp: true })

/** Tokens and pull secrets cross networks. */
const tlsOverNetworks = binding(ModeTokens.listener, { plainHttp: false })

const tokensOfTheApiServer = binding(ModeTokens.access, { audiences: [] })

/** Who reads a token on its long way could otherwise use it at the API server that issued it. */
const tokensForTheService = binding(ModeTokens.access, { audiences: ['pull-secret-service'] })

const callersOfOneInstance = binding(ModeTokens.limits, { standard: { perMinute: 100, perSecond: 20 } })

/** An account of the one API server may stand for the adapters of several instances. */
const callersOfAllInstances = binding(ModeTokens.limits, { standard: { perMinute: 500, perSecond: 100 } })

/** All that the two modes differ in. */
export const modeModules: Readonly<Record<DeploymentMode, ReadonlyArray<ContainerModule>>> = {
  'per-instance': [plainHttpInside, tokensOfTheApiServer, callersOfOneInstance],
  global: [tlsOverNetworks, tokensForTheService, callersOfAllInstances],
}

export const modeTermsOf = (mode: DeploymentMode): ModeTerms => {
  const container = new Container()
  container.load(...modeModules[mode])
  return {
    listener: container.get(ModeTokens.listener),
    access: container.get(ModeTokens.access),
    limits: container.get(ModeTokens.limits),
  }
}
