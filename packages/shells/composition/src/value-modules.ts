import type {
  Cipher,
  Clock,
  CredentialLedger,
  DeploymentRegister,
  Digest,
  DueWork,
  Ids,
  LedgerReads,
  Logger,
  Meter,
  Registries,
  SharedObjects,
} from '@pull-secret/domain'
import { ContainerModule } from 'inversify'
import { type Settings, Tokens } from './tokens.ts'

export interface PlatformParts {
  readonly settings: Settings
  readonly clock: Clock
  readonly ids: Ids
  readonly cipher: Cipher
  readonly digest: Digest
  readonly logger: Logger
  readonly meter: Meter
  readonly registries: Registries
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

export interface LedgerParts {
  readonly ledger: CredentialLedger
  readonly reads: LedgerReads
  readonly dueWork: DueWork
  readonly sharedObjects: SharedObjects
  readonly register: DeploymentRegister
}

export const ledgerModule = (parts: LedgerParts): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(Tokens.ledger).toConstantValue(parts.ledger)
    bind(Tokens.reads).toConstantValue(parts.reads)
    bind(Tokens.dueWork).toConstantValue(parts.dueWork)
    bind(Tokens.sharedObjects).toConstantValue(parts.sharedObjects)
    bind(Tokens.register).toConstantValue(parts.register)
  })
