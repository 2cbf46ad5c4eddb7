import { Container, type ContainerModule } from 'inversify'
import { Tokens } from './tokens.ts'
import { useCaseModule } from './use-case-module.ts'
import type { UseCases } from './use-cases.ts'

/** Resolves every use case once, so that missing wiring fails at start. The container goes no further. */
export const resolveUseCases = (modules: ReadonlyArray<ContainerModule>): UseCases => {
  const container = new Container()
  container.load(useCaseModule, ...modules)
  return {
    generate: container.get(Tokens.generate),
    retrieve: container.get(Tokens.retrieve),
    verify: container.get(Tokens.verify),
    remove: container.get(Tokens.remove),
    recover: container.get(Tokens.recover),
    checkRegistries: container.get(Tokens.checkRegistries),
    start: container.get(Tokens.start),
    inspectStart: container.get(Tokens.inspectStart),
  }
}
