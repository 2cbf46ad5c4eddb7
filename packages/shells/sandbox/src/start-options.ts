import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { SandboxError } from './sandbox-error.ts'

const accessTypes = ['static', 'kubernetes'] as const

/** Who tells callers apart: a file of one token, or a simulated Kubernetes API server. */
export type SandboxAccess = (typeof accessTypes)[number]

/** The options of `npm start`. */
export interface StartOptions {
  /** An absolute path. */
  readonly folder: string
  readonly port: number
  readonly metricsPort: number
  readonly reset: boolean
  readonly access: SandboxAccess
  readonly help: boolean
}

export const usage = `Usage: npm start -- [OPTIONS]

Runs the service on 127.0.0.1, with its own PostgreSQL and simulated registries.

  --port PORT           port of the API (8080); 0 picks a free port
  --metrics-port PORT   port of the metrics (8081); 0 picks a free port
  --folder FOLDER       folder for all data (.sandbox)
  --access TYPE         static: one token that may do everything (default);
                        kubernetes: a simulated API server decides about callers
  --reset               delete all data and start with an empty sandbox
  --help                show this text
`

const maximumPort = 65_535

const readPort = (option: string, text: string): number => {
  if (/^\d{1,5}$/.test(text) && Number(text) <= maximumPort) return Number(text)
  throw new SandboxError(`--${option} must be a port, 0 to ${String(maximumPort)}.`)
}

const readAccess = (text: string): SandboxAccess => {
  const access = accessTypes.find((type) => type === text)
  if (access === undefined) throw new SandboxError(`--access must be ${accessTypes.join(' or ')}.`)
  return access
}

const parse = (args: ReadonlyArray<string>) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8080' },
        'metrics-port': { type: 'string', default: '8081' },
        folder: { type: 'string', default: '.sandbox' },
        access: { type: 'string', default: 'static' },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    const [reason = ''] = (error as Error).message.split(/\. |\n/)
    throw new SandboxError(`${reason}: npm start -- --help shows the options.`)
  }
}

/**
 * Reads the command line; relative folders count from `directory`.
 *
 * @throws SandboxError in one sentence.
 */
export const readStartOptions = (args: ReadonlyArray<string>, directory: string): StartOptions => {
  const values = parse(args)
  const port = readPort('port', values.port)
  const metricsPort = readPort('metrics-port', values['metrics-port'])
  if (port !== 0 && port === metricsPort) throw new SandboxError('--port and --metrics-port must differ.')
  return {
    folder: resolve(directory, values.folder),
    port,
    metricsPort,
    reset: values.reset,
    access: readAccess(values.access),
    help: values.help,
  }
}
