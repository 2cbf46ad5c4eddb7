import { hostname } from 'node:os'
import type { TracesConfig } from '@pull-secret/config'
import type { SecretText } from '@pull-secret/domain'
import { openRereadFile, type SparingLog } from '@pull-secret/platform-node'
import { openTracer, parseHeaderLines, type Tracer } from '@pull-secret/telemetry'
import * as E from 'fp-ts/lib/Either.js'
import type { StartFault } from './start-fault.ts'

export interface OpenTracesDeps {
  readonly component: string
  readonly version: string
  readonly sparingLog: SparingLog
}

type Headers = Readonly<Record<string, SecretText>>

const field = 'telemetry.traces.headers_file'

const openHeaders = (
  file: string | undefined,
  onProblem: (message: string) => void,
): E.Either<StartFault, () => Headers> => {
  if (file === undefined) return E.right(() => ({}))
  const opened = openRereadFile({
    file,
    parse: parseHeaderLines,
    onProblem: ({ message }) => {
      onProblem(`${field}: ${message}`)
    },
  })
  return E.isLeft(opened) ? E.left({ field, message: opened.left.message }) : E.right(opened.right.current)
}

/** What is wrong with the file of headers. */
export const headersFileFaults = (file: string): ReadonlyArray<StartFault> => {
  const opened = openHeaders(file, () => undefined)
  return E.isLeft(opened) ? [opened.left] : []
}

/** A tracer as configured, which loads OpenTelemetry; nothing where no traces are configured. */
export const openTraces = async (
  config: TracesConfig | undefined,
  { component, version, sparingLog }: OpenTracesDeps,
): Promise<E.Either<ReadonlyArray<StartFault>, Tracer | undefined>> => {
  if (config === undefined) return E.right(undefined)
  const { endpoint, ratio, headersFile } = config
  const headers = openHeaders(headersFile, (message) => {
    sparingLog(message, 'error', message)
  })
  if (E.isLeft(headers)) return E.left([headers.left])
  return E.right(
    await openTracer({
      component,
      version,
      hostname: hostname(),
      endpoint,
      ratio,
      headers: headers.right,
      reportLoss: ({ spans, reason }) => {
        sparingLog('traces', 'warn', 'spans could not be sent and are lost', { error_code: reason, spans })
      },
    }),
  )
}
