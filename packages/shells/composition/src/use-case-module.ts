import {
  makeCheckRegistries,
  makeDeletePullSecret,
  makeGeneratePullSecret,
  makeInspectStart,
  makeObtainCredential,
  makeRecover,
  makeReportOutcome,
  makeRetrievePullSecret,
  makeRevokeCredential,
  makeStart,
  makeVerifyPullSecret,
  makeWithSharedContent,
  type ObtainCredential,
  type ReportOutcome,
  type RetrievePullSecret,
  type RevokeCredential,
  type WithSharedContent,
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
import { ContainerModule } from 'inversify'
import { type Settings, Tokens } from './tokens.ts'

/** Every use case, from ports alone. The same in every root. */
export const useCaseModule = new ContainerModule(({ bind }) => {
  bind(Tokens.report)
    .toResolvedValue(
      (logger: Logger, meter: Meter) => makeReportOutcome({ logger, meter }),
      [Tokens.logger, Tokens.meter],
    )
    .inSingletonScope()
  bind(Tokens.withSharedContent)
    .toResolvedValue(
      (sharedObjects: SharedObjects, reads: LedgerReads, cipher: Cipher, clock: Clock) =>
        makeWithSharedContent({ sharedObjects, reads, cipher, clock }),
      [Tokens.sharedObjects, Tokens.reads, Tokens.cipher, Tokens.clock],
    )
    .inSingletonScope()
  bind(Tokens.obtain)
    .toResolvedValue(
      (
        ledger: CredentialLedger,
        registries: Registries,
        cipher: Cipher,
        clock: Clock,
        withSharedContent: WithSharedContent,
        report: ReportOutcome,
        logger: Logger,
        settings: Settings,
      ) =>
        makeObtainCredential({
          ledger,
          registries,
          cipher,
          clock,
          withSharedContent,
          report,
          logger,
          deploymentId: settings.deploymentId,
        }),
      [
        Tokens.ledger,
        Tokens.registries,
        Tokens.cipher,
        Tokens.clock,
        Tokens.withSharedContent,
        Tokens.report,
        Tokens.logger,
        Tokens.settings,
      ],
    )
    .inSingletonScope()
  bind(Tokens.revoke)
    .toResolvedValue(
      (
        ledger: CredentialLedger,
        registries: Registries,
        clock: Clock,
        withSharedContent: WithSharedContent,
        report: ReportOutcome,
        logger: Logger,
        settings: Settings,
      ) =>
        makeRevokeCredential({
          ledger,
          registries,
          clock,
          withSharedContent,
          report,
          logger,
          deploymentId: settings.deploymentId,
        }),
      [
        Tokens.ledger,
        Tokens.registries,
        Tokens.clock,
        Tokens.withSharedContent,
        Tokens.report,
        Tokens.logger,
        Tokens.settings,
      ],
    )
    .inSingletonScope()
  bind(Tokens.generate)
    .toResolvedValue(
      (
        ledger: CredentialLedger,
        reads: LedgerReads,
        registries: Registries,
        cipher: Cipher,
        digest: Digest,
        ids: Ids,
        clock: Clock,
        obtain: ObtainCredential,
      ) => makeGeneratePullSecret({ ledger, reads, registries, cipher, digest, ids, clock, obtain }),
      [
        Tokens.ledger,
        Tokens.reads,
        Tokens.registries,
        Tokens.cipher,
        Tokens.digest,
        Tokens.ids,
        Tokens.clock,
        Tokens.obtain,
      ],
    )
    .inSingletonScope()
  bind(Tokens.retrieve)
    .toResolvedValue(
      (reads: LedgerReads, registries: Registries, cipher: Cipher, digest: Digest) =>
        makeRetrievePullSecret({ reads, registries, cipher, digest }),
      [Tokens.reads, Tokens.registries, Tokens.cipher, Tokens.digest],
    )
    .inSingletonScope()
  bind(Tokens.verify)
    .toResolvedValue(
      (retrieve: RetrievePullSecret, digest: Digest) => makeVerifyPullSecret({ retrieve, digest }),
      [Tokens.retrieve, Tokens.digest],
    )
    .inSingletonScope()
  bind(Tokens.remove)
    .toResolvedValue(
      (
        ledger: CredentialLedger,
        reads: LedgerReads,
        registries: Registries,
        ids: Ids,
        clock: Clock,
        revoke: RevokeCredential,
      ) => makeDeletePullSecret({ ledger, reads, registries, ids, clock, revoke }),
      [Tokens.ledger, Tokens.reads, Tokens.registries, Tokens.ids, Tokens.clock, Tokens.revoke],
    )
    .inSingletonScope()
  bind(Tokens.recover)
    .toResolvedValue(
      (
        ledger: CredentialLedger,
        dueWork: DueWork,
        registries: Registries,
        cipher: Cipher,
        ids: Ids,
        clock: Clock,
        obtain: ObtainCredential,
        revoke: RevokeCredential,
        logger: Logger,
        settings: Settings,
      ) =>
        makeRecover({
          ledger,
          dueWork,
          registries,
          cipher,
          ids,
          clock,
          obtain,
          revoke,
          logger,
          batchSize: settings.recoveryBatchSize,
        }),
      [
        Tokens.ledger,
        Tokens.dueWork,
        Tokens.registries,
        Tokens.cipher,
        Tokens.ids,
        Tokens.clock,
        Tokens.obtain,
        Tokens.revoke,
        Tokens.logger,
        Tokens.settings,
      ],
    )
    .inSingletonScope()
  bind(Tokens.checkRegistries)
    .toResolvedValue(
      (registries: Registries, clock: Clock) => makeCheckRegistries({ registries, clock }),
      [Tokens.registries, Tokens.clock],
    )
    .inSingletonScope()
  bind(Tokens.start)
    .toResolvedValue(
      (register: DeploymentRegister, registries: Registries, settings: Settings) =>
        makeStart({ register, registries, deploymentId: settings.deploymentId }),
      [Tokens.register, Tokens.registries, Tokens.settings],
    )
    .inSingletonScope()
  bind(Tokens.inspectStart)
    .toResolvedValue(
      (register: DeploymentRegister, registries: Registries, settings: Settings) =>
        makeInspectStart({ register, registries, deploymentId: settings.deploymentId }),
      [Tokens.register, Tokens.registries, Tokens.settings],
    )
    .inSingletonScope()
})
