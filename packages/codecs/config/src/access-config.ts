import * as E from 'fp-ts/lib/Either.js'
import { type ConfigFault, hintToSet } from './fault.ts'
import type { SettingPath, SettingValues } from './settings.ts'

/** A file of tokens, for a sandbox. */
export interface StaticAccessConfig {
  readonly type: 'static'
  readonly tokensFile: string
}

/** A Kubernetes API server. */
export interface KubernetesAccessConfig {
  readonly type: 'kubernetes'
  /** Absent: the API server of the pod. */
  readonly kubeconfigFile?: string
  /** A token must be for one of them. Absent: the mode decides. */
  readonly audiences?: ReadonlyArray<string>
}

/** Who says who a caller is and what it may do. */
export type AccessConfig = StaticAccessConfig | KubernetesAccessConfig

type AccessPath = Extract<SettingPath, `access.${string}`>
type Read = E.Either<ReadonlyArray<ConfigFault>, AccessConfig>

const ownSettings: Readonly<Record<AccessConfig['type'], ReadonlyArray<AccessPath>>> = {
  static: ['access.tokens_file'],
  kubernetes: ['access.kubernetes.kubeconfig_file', 'access.kubernetes.audiences'],
}

const onlyInSandbox: ConfigFault = {
  field: 'access.type',
  rule: 'invalid',
  message: 'access.type may be static only in a sandbox',
  hint: 'set it to kubernetes; set deployment.sandbox to true only where no real credential is at stake',
}

const missing = (path: AccessPath): ConfigFault => ({
  field: path,
  rule: 'required',
  message: `${path} is required`,
  hint: hintToSet(path),
})

const withoutEffect = (path: AccessPath, type: AccessConfig['type']): ConfigFault => ({
  field: path,
  rule: 'invalid',
  message: `${path} has no effect where access.type is ${type}`,
  hint: 'remove it',
})

/** The settings of other types: whoever set them expects them to count. */
const foreignSettings = (values: Partial<SettingValues>, type: AccessConfig['type']): ReadonlyArray<ConfigFault> =>
  Object.entries(ownSettings)
    .filter(([other]) => other !== type)
    .flatMap(([, paths]) => paths)
    .filter((path) => values[path] !== undefined)
    .map((path) => withoutEffect(path, type))

/** How callers are let in, or what is wrong with these settings together. A type that is not right is passed over. */
export const readAccess = (values: Partial<SettingValues>): Read => {
  const type = values['access.type']
  if (type === undefined) return E.left([])
  const foreign = foreignSettings(values, type)
  if (type === 'kubernetes') {
    if (foreign.length > 0) return E.left(foreign)
    return E.right({
      type,
      kubeconfigFile: values['access.kubernetes.kubeconfig_file'],
      audiences: values['access.kubernetes.audiences'],
    })
  }
  const tokensFile = values['access.tokens_file']
  const sandboxFaults = values['deployment.sandbox'] === false ? [onlyInSandbox] : []
  if (tokensFile === undefined) return E.left([...sandboxFaults, missing('access.tokens_file'), ...foreign])
  const faults = [...sandboxFaults, ...foreign]
  return faults.length > 0 ? E.left(faults) : E.right({ type, tokensFile })
}
