import type {
  Cipher,
  Clock,
  CredentialLedger,
  DeploymentRegister,
  Digest,
  DueWork,
  FleetReads,
  Ids,
  KeyCheck,
  LedgerReads,
  Logger,
  Meter,
  Registries,
  ReplicaRegister,
  SharedObjects,
} from '@pull-secret/domain'
import { type AdoptSharedObject, makeAdoptSharedObject } from './adopt-shared-object.ts'
import {
  type BanCluster,
  makeBanCluster,
  makeReadBan,
  makeUnbanCluster,
  type ReadBan,
  type UnbanCluster,
} from './ban-cluster.ts'
import { type CheckRegistries, makeCheckRegistries } from './check-registries.ts'
import { countRetrieved } from './count-retrieved.ts'
import { type DeletePullSecret, makeDeletePullSecret } from './delete-pull-secret.ts'
import { type GeneratePullSecret, makeGeneratePullSecret } from './generate-pull-secret.ts'
import { type ListFleet, makeListFleet } from './list-fleet.ts'
import { makeObtainCredential } from './obtain-credential.ts'
import { makeRecordAnswer } from './record-answer.ts'
import { makeRecover, type Recover } from './recover.ts'
import { makeReportOutcome } from './report-outcome.ts'
import { makeReportValidation } from './report-validation.ts'
import { makeRetrievePullSecret, type RetrievePullSecret } from './retrieve-pull-secret.ts'
import { makeRevokeCredential } from './revoke-credential.ts'
import { makeWithSharedContent } from './shared-content.ts'
import { makeInspectStart, makeStart, type Start } from './start.ts'
import { makeValidateCredential } from './validate-credential.ts'
import { makeVerifyPullSecret, type VerifyPullSecret } from './verify-pull-secret.ts'

/** Everything that the use cases need of the world, and what the deployment decides. */
export interface Ports {
  readonly ledger: CredentialLedger
  readonly reads: LedgerReads
  readonly fleet: FleetReads
  readonly dueWork: DueWork
  readonly sharedObjects: SharedObjects
  readonly register: DeploymentRegister
  readonly replicas: ReplicaRegister
  readonly registries: Registries
  readonly cipher: Cipher
  /** Of the keys of `cipher`. */
  readonly keyChecks: ReadonlyArray<KeyCheck>
  readonly digest: Digest
  readonly ids: Ids
  readonly clock: Clock
  readonly logger: Logger
  readonly meter: Meter
  /** Marks this deployment's objects at every vendor; never changes. */
  readonly deploymentId: string
  /** How many rows of one registry recovery takes at once. */
  readonly recoveryBatchSize: number
}

/** Everything the product does. */
export interface UseCases {
  readonly generate: GeneratePullSecret
  readonly retrieve: RetrievePullSecret
  readonly verify: VerifyPullSecret
  readonly remove: DeletePullSecret
  readonly ban: BanCluster
  readonly unban: UnbanCluster
  readonly readBan: ReadBan
  readonly recover: Recover
  readonly list: ListFleet
  readonly checkRegistries: CheckRegistries
  readonly adoptSharedObject: AdoptSharedObject
  readonly start: Start
  readonly inspectStart: Start
}

/** The one wiring of the use cases: production, the simulation and specs differ in their ports alone. */
export const makeUseCases = (ports: Ports): UseCases => {
  const report = makeReportOutcome(ports)
  const withSharedContent = makeWithSharedContent(ports)
  const common = { ...ports, report, withSharedContent, recordAnswer: makeRecordAnswer(ports) }
  const obtain = makeObtainCredential(common)
  const revoke = makeRevokeCredential(common)
  const validate = makeValidateCredential({ ...common, reportValidation: makeReportValidation(ports) })
  const retrieve = makeRetrievePullSecret(ports)
  const readBan = makeReadBan(ports)
  return {
    generate: makeGeneratePullSecret({ ...ports, obtain }),
    retrieve: countRetrieved(ports.meter, retrieve),
    verify: makeVerifyPullSecret({ ...ports, retrieve }),
    remove: makeDeletePullSecret({ ...ports, revoke }),
    ban: makeBanCluster({ ...ports, revoke }),
    unban: makeUnbanCluster({ ...ports, readBan }),
    readBan,
    recover: makeRecover({ ...ports, obtain, revoke, validate, batchSize: ports.recoveryBatchSize }),
    list: makeListFleet(ports),
    checkRegistries: makeCheckRegistries(ports),
    adoptSharedObject: makeAdoptSharedObject(ports),
    start: makeStart(ports),
    inspectStart: makeInspectStart(ports),
  }
}
