import { randomUUID } from 'node:crypto'
import type { Listener } from '../http/listener.ts'
import { type Simulator, type SimulatorOptions, startRuntime } from '../http/simulator-runtime.ts'
import { makeJsonWebTokens } from '../registry-login/json-web-token.ts'
import { registryLoginRoutes } from '../registry-login/registry-login-routes.ts'
import { makeChosenNext } from '../state/chosen-next.ts'
import { makeStateFile } from '../state/state-file.ts'
import { tokenFingerprint } from '../state/token-fingerprint.ts'
import { unrouted } from './rhit-answers.ts'
import { type KeptRhitState, type ServiceAccount, usernameOf } from './service-account.ts'
import { serviceAccountRoutes } from './service-account-routes.ts'

export type RhitSimulatorOptions = SimulatorOptions & {
  /** The one partner known here; its callers' certificates carry it as common name. */
  partnerCode: string
  /** PEM texts of the server, and of the authority whose client certificates are let in. */
  certificate: string
  key: string
  clientAuthority: string
  /** Before `/partners/…`. Default `/v1`, as in the vendor's API description. */
  basePath?: string
  /** Of the second listener, for docker login. Default 0: any free one. */
  registryPort?: number
  /** Default 300. */
  registryTokenLifetimeSeconds?: number
}

/** A service account as a spec sees it, password included. */
export type RhitServiceAccount = ServiceAccount & { username: string }

export type RhitSimulator = Simulator & {
  /** Docker login: HTTPS without client certificates. The simulator's own calls are served here too. */
  registryUrl: string
  /** Deleted ones included. */
  serviceAccounts: () => Array<RhitServiceAccount>
  /** Puts in an account that somebody else made. Returns its password. */
  addForeignServiceAccount: (account: { name: string; description?: string }) => string
  /** Deletes an account behind everybody's back, as softly as the API does. */
  removeServiceAccount: (name: string) => void
  /** The next password that is made is this one. */
  chooseNextPassword: (password: string) => void
}

const fiveMinutesSeconds = 300

/**
 * Starts Red Hat's partner service accounts (mutual TLS) and, beside it, the docker login of registry.redhat.io.
 *
 * Operations for faults and counts: createServiceAccount, getServiceAccount, updateServiceAccount,
 * deleteServiceAccount, registryPing, registryToken, registryManifest.
 *
 * @throws Error when a port is taken, or the state file is another simulator's or another partner's.
 */
export const startRhitSimulator = async (options: RhitSimulatorOptions): Promise<RhitSimulator> => {
  const { partnerCode, certificate, key, clientAuthority, basePath = '/v1' } = options
  const file = makeStateFile<KeptRhitState>({ file: options.stateFile, kind: 'rhit' })
  const kept = file.load()
  if (kept !== undefined && kept.partnerCode !== partnerCode)
    throw new Error(`${options.stateFile} holds the partner ${kept.partnerCode}, not ${partnerCode}`)
  const accounts = new Map(kept?.accounts.map((account) => [account.name, account]))
  const save = () => file.save({ partnerCode, accounts: [...accounts.values()] })
  const passwords = makeJsonWebTokens()
  const { draw: newPassword, choose: chooseNextPassword } = makeChosenNext((name: string) =>
    passwords.sign({ sub: name, jti: randomUUID(), iat: Math.floor(Date.now() / 1000) }),
  )

  const accepts = (username: string, password: string): boolean => {
    const account = accounts.get(username.slice(1))
    return (
      account !== undefined &&
      usernameOf(account.name) === username &&
      account.deletedAt === null &&
      account.password === password
    )
  }

  const runtime = await startRuntime(options, {
    plans: [
      {
        port: options.port ?? 0,
        tls: { certificate, key, clientAuthority },
        servesControl: false,
        routes: () => serviceAccountRoutes({ partnerCode, basePath, accounts, save, newPassword }),
      },
      {
        port: options.registryPort ?? 0,
        tls: { certificate, key },
        servesControl: true,
        routes: (url) =>
          registryLoginRoutes({
            url,
            realmPath: '/auth/realms/rhcc/protocol/redhat-docker-v2/auth',
            service: () => 'docker-registry',
            tokenLifetimeSeconds: options.registryTokenLifetimeSeconds ?? fiveMinutesSeconds,
            tokenFields: (token) => ({
              token,
              access_token: token,
              expires_in: options.registryTokenLifetimeSeconds ?? fiveMinutesSeconds,
            }),
            accepts,
            mayPull: () => true,
          }),
      },
    ],
    unrouted,
    describeState: () => ({
      partnerCode,
      serviceAccounts: [...accounts.values()].map(({ password, ...shown }) => ({
        ...shown,
        username: usernameOf(shown.name),
        password_sha256: tokenFingerprint(password),
      })),
    }),
  })
  const [api, registry] = runtime.listeners as [Listener, Listener]

  return {
    url: api.url,
    port: api.port,
    registryUrl: registry.url,
    faults: runtime.faults,
    stats: runtime.stats,
    close: runtime.close,
    serviceAccounts: () =>
      [...accounts.values()].map((account) => ({ ...account, username: usernameOf(account.name) })),
    addForeignServiceAccount: ({ name, description = '' }) => {
      const password = newPassword(name)
      const createdAt = new Date().toISOString()
      const somebody = { createdBy: 'somebody', lastUpdatedBy: 'somebody', tokenCreatedAt: createdAt, deletedAt: null }
      accounts.set(name, { name, description, password, createdAt, ...somebody })
      save()
      return password
    },
    chooseNextPassword,
    removeServiceAccount: (name) => {
      const account = accounts.get(name)
      if (account !== undefined) account.deletedAt = new Date().toISOString()
      save()
    },
  }
}
