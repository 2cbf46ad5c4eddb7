import { makeUseCases } from '@pull-secret/application'
import { type DeleteOutcome, makeRegistries } from '@pull-secret/domain'
import {
  makeInMemoryCipher,
  makeInMemoryClock,
  makeInMemoryDigest,
  makeInMemoryIds,
  makeInMemoryLedger,
  makeInMemoryRegistryClient,
  makeInMemoryVendor,
  makeLedgerTables,
  makeSilentLogger,
  makeSilentMeter,
  quayLike,
} from '@pull-secret/in-memory'
import * as T from 'fp-ts/lib/Task.js'
import { makeApi, type RunJob } from '../src/index.ts'

export const caller = { subject: 'system:serviceaccount:adapters:gcp', traceId: '0af7651916cd43dd8448eb211c80319c' }

export interface Given {
  /** What the registry answers to a deletion, where it does not just delete. */
  readonly deletion?: DeleteOutcome
}

/** The API over the real use cases, on in-memory ports, with one registry. */
export const anApi = ({ deletion }: Given = {}) => {
  const clock = makeInMemoryClock()
  const ids = makeInMemoryIds()
  const tables = makeLedgerTables()
  const client = makeInMemoryRegistryClient({ vendor: makeInMemoryVendor(quayLike), clock, ids })
  const useCases = makeUseCases({
    ...makeInMemoryLedger({ tables, clock }),
    registries: makeRegistries([
      {
        id: 'quay',
        type: 'quay',
        enabled: true,
        required: true,
        hosts: ['quay.example'],
        leaseSeconds: 30,
        client: deletion === undefined ? client : { ...client, deleteCredential: () => T.of(deletion) },
      },
    ]),
    cipher: makeInMemoryCipher(),
    digest: makeInMemoryDigest(),
    ids,
    clock,
    logger: makeSilentLogger(),
    meter: makeSilentMeter(),
    deploymentId: 'test',
    recoveryBatchSize: 20,
    keyChecks: [],
  })
  const jobs: Array<Parameters<RunJob>> = []
  const api = makeApi({
    useCases,
    runJob: (...request) => {
      jobs.push(request)
      return useCases.recover(request[1])
    },
    limits: { clusterIdPatterns: [/^cls-[a-z0-9]{6,36}$/u], cloudProviders: ['gcp', 'aws'] },
  })
  return { api, jobs, tables }
}
