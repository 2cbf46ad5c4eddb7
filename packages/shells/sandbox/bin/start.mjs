#!/usr/bin/env node
import '../require-node-24.mjs'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

// Node would open its inspector, through which everything can be read, to whoever may send this signal.
process.on('SIGUSR1', () => undefined)

const packages = fileURLToPath(new URL('../../..', import.meta.url))

if (process.stderr.isTTY) process.stderr.write('Building …\n')
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const build = spawnSync(process.execPath, [compiler, '-b', packages], { encoding: 'utf8' })
if (build.status !== 0) {
  process.stderr.write(`${build.stdout ?? ''}${build.stderr ?? ''}The build failed: see the compiler output above.\n`)
  process.exit(1)
}

const { runStartCommand } = await import('../dist/start-command.js')
await runStartCommand(process.argv.slice(2))
