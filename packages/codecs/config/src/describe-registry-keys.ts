import { registryDefaults, registryKeys } from './registry-config.ts'

/** One key of an entry of `registries`, in words. */
export interface RegistryKeyDescription {
  readonly key: string
  readonly meaning: string
  /** What its codec accepts. */
  readonly type: string
  /** A value, or where it comes from. */
  readonly default: string
}

type KeyText = Pick<RegistryKeyDescription, 'meaning' | 'default'>

const asItsTypeSays = 'as its type says'

const texts: Readonly<Record<keyof typeof registryKeys, KeyText>> = {
  id: { meaning: 'names the registry in rows, answers and logs; never changes', default: 'required' },
  type: { meaning: 'which adapter talks to it', default: 'required' },
  module: { meaning: 'the module of an adapter that is not built in', default: 'none: the type is built in' },
  enabled: { meaning: 'false: it gets no new credentials, and keeps those it has', default: 'true' },
  required: { meaning: 'whether a pull secret is published only with its credential', default: asItsTypeSays },
  hosts: { meaning: 'the entries of the pull secret that its credential fills', default: asItsTypeSays },
  aliases: { meaning: 'further entries with the same credential; []: none', default: asItsTypeSays },
  email: { meaning: 'the field email of its entries', default: 'none' },
  lease_seconds: {
    meaning: 'how long one attempt holds the row of a credential',
    default: String(registryDefaults.leaseSeconds),
  },
  call_seconds: { meaning: 'how long one HTTP exchange may take', default: String(registryDefaults.callSeconds) },
  landing_window_seconds: {
    meaning: 'how long after its lease a request may still take effect at the vendor',
    default: asItsTypeSays,
  },
  executes_once: {
    meaning: 'true only where nothing between service and vendor can repeat a request',
    default: asItsTypeSays,
  },
  ca_file: { meaning: 'PEM bundle that is trusted instead of the public authorities', default: 'none' },
  budget: {
    meaning: 'how many calls the vendor allows, and which part is this deployment’s',
    default: 'as its type says, else none',
  },
  proxy: { meaning: 'a proxy that connects to it by CONNECT; its password stands in a file', default: 'none' },
  config: { meaning: 'the section of its adapter', default: '{}' },
}

const keys = Object.keys(registryKeys) as ReadonlyArray<keyof typeof registryKeys>

/** Every key of an entry of `registries`. */
export const describeRegistryKeys = (): ReadonlyArray<RegistryKeyDescription> =>
  keys.map((key) => ({ key, type: registryKeys[key].name, ...texts[key] }))
