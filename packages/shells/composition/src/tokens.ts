import type {
  CheckRegistries,
  DeletePullSecret,
  GeneratePullSecret,
  ObtainCredential,
  Recover,
  ReportOutcome,
  RetrievePullSecret,
  RevokeCredential,
  Start,
  VerifyPullSecret,
  WithSharedContent,
} from '@pull-secret/application'
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
import type { ServiceIdentifier } from 'inversify'

/** Numbers and names that a root decides. */
export interface Settings {
  readonly deploymentId: string
  readonly recoveryBatchSize: number
}

const token = <T>(name: string): ServiceIdentifier<T> => Symbol.for(`pull-secret/${name}`)

export const Tokens = {
  settings: token<Settings>('settings'),
  clock: token<Clock>('clock'),
  ids: token<Ids>('ids'),
  cipher: token<Cipher>('cipher'),
  digest: token<Digest>('digest'),
  logger: token<Logger>('logger'),
  meter: token<Meter>('meter'),
  registries: token<Registries>('registries'),
  ledger: token<CredentialLedger>('ledger'),
  reads: token<LedgerReads>('reads'),
  dueWork: token<DueWork>('due-work'),
  sharedObjects: token<SharedObjects>('shared-objects'),
  register: token<DeploymentRegister>('register'),
  report: token<ReportOutcome>('report-outcome'),
  withSharedContent: token<WithSharedContent>('with-shared-content'),
  obtain: token<ObtainCredential>('obtain-credential'),
  revoke: token<RevokeCredential>('revoke-credential'),
  generate: token<GeneratePullSecret>('generate-pull-secret'),
  retrieve: token<RetrievePullSecret>('retrieve-pull-secret'),
  verify: token<VerifyPullSecret>('verify-pull-secret'),
  remove: token<DeletePullSecret>('delete-pull-secret'),
  recover: token<Recover>('recover'),
  checkRegistries: token<CheckRegistries>('check-registries'),
  start: token<Start>('start'),
  inspectStart: token<Start>('inspect-start'),
} as const
