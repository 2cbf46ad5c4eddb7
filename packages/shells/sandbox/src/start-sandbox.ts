import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { createSandboxCertificates, type QuaySimulator, type RhitSimulator } from '@pull-secret/registry-simulators'
import type { KubernetesSimulator } from '@pull-secret/registry-simulators/kubernetes'
import { configText, vendor } from './config-text.ts'
import { startDatabase } from './database.ts'
import { explainFailure } from './explain-failure.ts'
import { emptyFolder } from './folder.ts'
import { startKubernetes } from './kubernetes.ts'
import { keptPorts } from './ports.ts'
import { replaceFile } from './replace-file.ts'
import { runService } from './run-service.ts'
import { type SandboxFiles, sandboxFiles } from './sandbox-files.ts'
import { keptSecrets } from './secrets.ts'
import { startQuay, startRhit } from './simulators.ts'
import type { SandboxAccess } from './start-options.ts'
import { takePlace } from './take-place.ts'
import { makeUndoList, type UndoList } from './undo-list.ts'

export interface SandboxOptions {
  /** Created where it is missing; everything that the sandbox keeps lies here. */
  readonly folder: string
  /** Of the API on 127.0.0.1; 0: any free one. */
  readonly port: number
  /** Of the metrics on 127.0.0.1; 0: any free one. */
  readonly metricsPort: number
  /** `static` where absent. */
  readonly access?: SandboxAccess
  /** Removes first what the folder keeps. */
  readonly reset?: boolean
  /** Called with the name of each step. */
  readonly onProgress?: (step: string) => void
  /** Ends a start at its next step when it aborts; `startSandbox` rejects with its reason then. */
  readonly stop?: AbortSignal
}

/** A running service and everything it needs, in this process but for PostgreSQL, which ends with it. */
export interface Sandbox {
  /** Origin of the API. */
  readonly url: string
  /** Origin of the metrics, which are at `/metrics`. */
  readonly metricsUrl: string
  /** Bearer token that may do everything here. */
  readonly token: string
  readonly folder: string
  readonly files: SandboxFiles
  /** Superuser's address of the service's database; holds a password. */
  readonly databaseUrl: string
  readonly quay: QuaySimulator
  readonly rhit: RhitSimulator
  /** Where Kubernetes decides about callers. */
  readonly kubernetes?: KubernetesSimulator
  /** Lets open requests finish, then stops service, simulators and PostgreSQL. */
  readonly stop: () => Promise<void>
}

const certificateDays = 365

const startIn = async (folder: string, options: SandboxOptions, undo: UndoList): Promise<Sandbox> => {
  const { port, metricsPort, access = 'static', reset = false, onProgress, stop } = options
  const files = sandboxFiles(folder)
  const begin = (step: string): void => {
    stop?.throwIfAborted()
    onProgress?.(step)
  }
  undo.add(await takePlace({ folder, port, metricsPort }))
  if (reset) emptyFolder(folder)
  const ports = await keptPorts(files.ports)

  mkdirSync(files.logs, { recursive: true, mode: 0o700 })
  const secrets = keptSecrets(files)
  const { token, quayToken } = secrets
  const certificates = await createSandboxCertificates({
    directory: files.certificates,
    clientName: vendor.partnerCode,
    lifetimeDays: certificateDays,
  })

  begin('Starting PostgreSQL')
  const databaseUrl = await startDatabase(files, undo)

  begin('Starting the simulators')
  const input = { files, ports, quayToken, certificates }
  const quay = await startQuay(input)
  undo.add(quay.close)
  const rhit = await startRhit(input)
  undo.add(rhit.close)
  const kubernetes = access === 'kubernetes' ? await startKubernetes({ files, secrets, certificates }) : undefined
  if (kubernetes !== undefined) undo.add(kubernetes.close)

  begin('Starting the service')
  replaceFile(
    files.config,
    configText({
      files,
      ports,
      port,
      metricsPort,
      access,
      certificates: {
        authorityFile: certificates.authority.certificateFile,
        clientFile: certificates.client.certificateFile,
        clientKeyFile: certificates.client.keyFile,
      },
    }),
  )
  const service = await runService(files)
  undo.add(service.stop)

  return {
    url: service.url,
    metricsUrl: service.metricsUrl,
    token,
    folder,
    files,
    databaseUrl,
    quay,
    rhit,
    kubernetes,
    stop: undo.run,
  }
}

/**
 * Starts the service on 127.0.0.1 with a PostgreSQL and simulated vendors of its own.
 *
 * @throws SandboxError or EmbeddedPostgresError, in one sentence for a person; nothing is left running then.
 */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const undo = makeUndoList()
  try {
    return await startIn(resolve(options.folder), options, undo)
  } catch (error) {
    await undo.run()
    throw explainFailure(error)
  }
}
