export { runServer, type RunServerOptions } from './run-server.ts'
export { serve, type RunningServer, type ServeOptions } from './serve.ts'
