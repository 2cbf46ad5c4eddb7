#!/usr/bin/env node
import '../require-node-24.mjs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

// Before anything is built or opened: a signal that nobody handles is lost, or leaves things half done.
const stopping = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => stopping.abort(name))
// Node would open its inspector, through which everything can be read, to whoever may send this signal.
process.on('SIGUSR1', () => undefined)
// A reader that leaves does not stop the sandbox.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const args = process.argv.slice(2)

// From its source, which Node 24 runs as it is: nothing is built yet.
const { checkStart } = await import('../src/check-start.ts')
const noStart = await checkStart(args)
if (noStart !== undefined) {
  if (noStart.sentence !== undefined) process.stderr.write(`${noStart.sentence}\n`)
  process.exit(noStart.exitCode)
}

if (stopping.signal.aborted) process.exit(0)
if (process.stderr.isTTY) process.stderr.write('Building …\n')
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const packages = fileURLToPath(new URL('../../..', import.meta.url))
const build = spawn(process.execPath, [compiler, '-b', packages], { stdio: ['ignore', 'pipe', 'pipe'] })
stopping.signal.addEventListener('abort', () => build.kill())
const [printed, complained, [status]] = await Promise.all([
  text(build.stdout),
  text(build.stderr),
  once(build, 'close'),
])
if (stopping.signal.aborted) process.exit(0)
if (status !== 0) {
  process.stderr.write(`${printed}${complained}The build failed: see the compiler output above.\n`)
  process.exit(1)
}

const { runStartCommand } = await import('../dist/start-command.js')
process.exitCode = await runStartCommand(args, stopping.signal)
