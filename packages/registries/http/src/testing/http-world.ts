import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock, Logger } from '@pull-secret/domain'
import { type HttpClient, type HttpClientDeps, makeHttpClient } from '../http-client.ts'
import { everyTurn } from './every-turn.ts'
import { type Script, type ScriptedServer, startScriptedServer } from './scripted-server.ts'

export interface HttpWorld {
  readonly clock: Clock
  /** Messages of level `warn`, with their fields. */
  readonly warnings: ReadonlyArray<unknown>
  readonly path: (name: string) => string
  /** Both are closed after the spec. */
  readonly serve: (...parameters: Parameters<typeof startScriptedServer>) => Promise<ScriptedServer>
  readonly open: (deps?: Partial<HttpClientDeps>) => HttpClient
  readonly soon: () => number
}

/** A clock that waits for nothing, a directory, and servers and clients that end with their spec. */
export const useHttpWorld = (): HttpWorld => {
  let directory = ''
  let closing: Array<() => Promise<void>> = []
  const warnings: Array<unknown> = []
  const clock: Clock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: () => () => Promise.resolve(),
    alarm: () => () => Promise.resolve(),
  }
  const logger: Logger = {
    log: (level, message, fields) => () => {
      if (level === 'warn') warnings.push({ message, ...fields })
    },
  }

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'registry-http-'))
    warnings.length = 0
  })
  afterEach(async () => {
    await Promise.all(closing.map((close) => close()))
    closing = []
    rmSync(directory, { recursive: true })
  })

  return {
    clock,
    warnings,
    path: (name) => join(directory, name),
    serve: async (script: Script, tls) => {
      const server = await startScriptedServer(script, tls)
      closing.push(server.close)
      return server
    },
    open: (deps) => {
      const client = makeHttpClient({ clock, logger, callSeconds: 5, turns: everyTurn, ...deps })
      closing.push(client.close)
      return client
    },
    soon: () => clock.monotonic() + 5_000,
  }
}
