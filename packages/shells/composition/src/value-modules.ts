import type { Ports } from '@pull-secret/application'
import { ContainerModule } from 'inversify'
import { type Settings, Tokens } from './tokens.ts'

export interface PlatformParts extends Pick<
  Ports,
  'clock' | 'ids' | 'cipher' | 'digest' | 'logger' | 'meter' | 'registries'
> {
  readonly settings: Settings
}

export const platformModule = (parts: PlatformParts): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(Tokens.settings).toConstantValue(parts.settings)
    bind(Tokens.clock).toConstantValue(parts.clock)
    bind(Tokens.ids).toConstantValue(parts.ids)
    bind(Tokens.cipher).toConstantValue(parts.cipher)
    bind(Tokens.digest).toConstantValue(parts.digest)
    bind(Tokens.logger).toConstantValue(parts.logger)
    bind(Tokens.meter).toConstantValue(parts.meter)
    bind(Tokens.registries).toConstantValue(parts.registries)
  })

export type LedgerParts = Pick<Ports, 'ledger' | 'reads' | 'dueWork' | 'sharedObjects' | 'register'>

export const ledgerModule = (parts: LedgerParts): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(Tokens.ledger).toConstantValue(parts.ledger)
    bind(Tokens.reads).toConstantValue(parts.reads)
    bind(Tokens.dueWork).toConstantValue(parts.dueWork)
    bind(Tokens.sharedObjects).toConstantValue(parts.sharedObjects)
    bind(Tokens.register).toConstantValue(parts.register)
  })
