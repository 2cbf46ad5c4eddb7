export { runServer, type RunServerOptions } from './run-server.ts'
export { type RunningServer, serve, type ServeOptions } from './serve.ts'
export { generateKeyRing, openMigrations, openServer, type StartFault } from '@pull-secret/composition/server'
export { type Config, describeFaults, loadConfig, type ReadFile } from '@pull-secret/config'
