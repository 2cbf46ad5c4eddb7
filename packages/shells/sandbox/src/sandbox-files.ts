import { join } from 'node:path'

/** Where things lie in a sandbox's folder. */
export const sandboxFiles = (folder: string) => ({
  /** Its presence says that the folder is a sandbox. */
  ports: join(folder, 'ports.json'),
  /** Tells Git to pass over the folder. */
  ignore: join(folder, '.gitignore'),
  postgres: join(folder, 'postgres'),
  quayState: join(folder, 'quay.json'),
  rhitState: join(folder, 'rhit.json'),
  htpasswd: join(folder, 'htpasswd'),
  certificates: join(folder, 'certificates'),
  keyRing: join(folder, 'key-ring.json'),
  accessTokens: join(folder, 'tokens.json'),
  token: join(folder, 'token'),
  /** The token as a header, for `curl -H @FILE`: a command line can be read by everybody on the machine. */
  authHeader: join(folder, 'auth-header'),
  /** The token of an account that has the rights of a HyperFleet adapter. */
  adapterToken: join(folder, 'adapter.token'),
  /** How the service reaches the simulated API server, and as whom. */
  kubeconfig: join(folder, 'kubeconfig.json'),
  quayToken: join(folder, 'quay.token'),
  databaseUrl: join(folder, 'database-url'),
  config: join(folder, 'config.yaml'),
  logs: join(folder, 'log'),
  serviceLog: join(folder, 'log', 'service.log'),
  postgresLog: join(folder, 'log', 'postgres.log'),
})

export type SandboxFiles = ReturnType<typeof sandboxFiles>
