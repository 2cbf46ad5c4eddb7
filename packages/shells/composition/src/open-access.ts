import type { AccessReport } from '@pull-secret/auth-kubernetes'
import type { KubernetesAccessConfig, StaticAccessConfig } from '@pull-secret/config'
import type { AccessPolicy, Authenticator, Clock, Failure, Logger, Meter } from '@pull-secret/domain'
import type { SparingLog } from '@pull-secret/platform-node'
import * as E from 'fp-ts/lib/Either.js'
import type { IO } from 'fp-ts/lib/IO.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EffectiveAccess } from './effective-config.ts'
import type { AccessTerms } from './mode-terms.ts'
import type { StartFault } from './start-fault.ts'

/**
 * Whether callers can be told apart now. `failing`: only those who were let in a moment ago, which may pass by itself;
 * `unusable`: nobody, which somebody has to mend.
 */
export type AccessState = 'working' | 'failing' | 'unusable'

/** Who says who a caller is and what it may do, opened. */
export interface OpenAccess {
  readonly authenticator: Authenticator
  readonly policy: AccessPolicy
  readonly state: IO<AccessState>
  /** Asks the API server that decides; absent where nobody is asked. */
  readonly check?: () => Promise<AccessReport>
  readonly close: () => Promise<void>
}

export interface OpenAccessDeps {
  readonly clock: Clock
  readonly logger: Logger
  readonly sparingLog: SparingLog
  readonly meter: Meter
}

type Opening = Promise<E.Either<ReadonlyArray<StartFault>, OpenAccess>>

/** What is wrong with the file of tokens. */
export const tokenFileFaults = async (file: string): Promise<ReadonlyArray<StartFault>> => {
  const { checkTokenFile } = await import('@pull-secret/auth-static')
  const checked = checkTokenFile(file)
  return E.isRight(checked) ? [] : [{ field: 'access.tokens_file', message: checked.left.message }]
}

const openStatic = async ({ tokensFile }: StaticAccessConfig, { logger }: OpenAccessDeps): Opening => {
  const faults = await tokenFileFaults(tokensFile)
  if (faults.length > 0) return E.left(faults)
  const { openStaticAccess } = await import('@pull-secret/auth-static')
  const { authenticator, policy, isUsable } = openStaticAccess({
    file: tokensFile,
    onProblem: ({ message }) => {
      logger.log('error', `access tokens: ${message}`)()
    },
  })
  return E.right({
    authenticator,
    policy,
    state: () => (isUsable() ? 'working' : 'unusable'),
    close: () => Promise.resolve(),
  })
}

const connect = async (kubeconfigFile: string | undefined, { monotonic }: Pick<Clock, 'monotonic'>) => {
  const { ConnectionFault, inClusterDefaults, openInCluster, openKubeconfig } =
    await import('@pull-secret/auth-kubernetes')
  if (kubeconfigFile === undefined) {
    const pod = inClusterDefaults(process.env)
    return E.isLeft(pod)
      ? E.left<StartFault>({ field: 'access.type', message: pod.left })
      : E.right(openInCluster({ ...pod.right, monotonic }))
  }
  try {
    return E.right(await openKubeconfig({ file: kubeconfigFile, monotonic }))
  } catch (error) {
    if (!(error instanceof ConnectionFault)) throw error
    return E.left<StartFault>({ field: 'access.kubernetes.kubeconfig_file', message: error.message })
  }
}

/** What is wrong with a kubeconfig. Connects to nothing. */
export const kubeconfigFaults = async (file: string): Promise<ReadonlyArray<StartFault>> => {
  const connection = await connect(file, { monotonic: () => 0 })
  if (E.isLeft(connection)) return [connection.left]
  await connection.right.close()
  return []
}

const openKubernetes = async (
  { kubeconfigFile, audiences }: KubernetesAccessConfig & AccessTerms,
  { clock, sparingLog, meter }: OpenAccessDeps,
): Opening => {
  const connection = await connect(kubeconfigFile, clock)
  if (E.isLeft(connection)) return E.left([connection.left])
  const { openKubernetesAccess } = await import('@pull-secret/auth-kubernetes')
  const { lastProblem, ...access } = openKubernetesAccess({
    connection: connection.right,
    clock,
    audiences,
    onProblem: ({ code, message }) => {
      sparingLog(`access ${code}`, 'error', message, { problem: code })
      meter.count('access_problems_total', { problem: code })()
    },
  })
  return E.right({ ...access, state: () => (lastProblem() === undefined ? 'working' : 'failing') })
}

/** Opens access as configured, or says why it cannot be. The library of a type is loaded only for that type. */
export const openAccess = (config: EffectiveAccess, deps: OpenAccessDeps): Opening =>
  config.type === 'static' ? openStatic(config, deps) : openKubernetes(config, deps)

const nobody: Failure<'ACCESS_UNAVAILABLE'> = { code: 'ACCESS_UNAVAILABLE', retryAfterSeconds: 5 }

/** For a root that serves no callers. */
export const closedAccess: OpenAccess = {
  authenticator: { authenticate: () => TE.left(nobody) },
  policy: { authorize: () => TE.left(nobody) },
  state: () => 'unusable',
  close: () => Promise.resolve(),
}
