export { runServer, type RunServerOptions } from './run-server.ts'
export { serve, type RunningServer, type ServeOptions } from './serve.ts'
export { describeFaults, loadConfig, type ReadFile } from '@pull-secret/config'
export {
  generateKeyRing,
  openMigrations,
  openServer,
  secretText,
  type StartFault,
} from '@pull-secret/composition/server'
