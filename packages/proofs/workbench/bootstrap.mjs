// Runs on Node 20 and without a single dependency, since it is what installs them.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installStamp, missingNode, reasonToInstall } from './install-stamp.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.install-stamp')

/** @param {string} sentence */
const fail = (sentence) => {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

const wanted = installStamp(readFileSync(join(root, 'package-lock.json')), process)
const found = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined
const reason = reasonToInstall({ wanted, found })

if (reason !== undefined) {
  process.stderr.write(`Installing dependencies (${reason}); this takes about half a minute.\n`)
  rmSync(stampFile, { force: true })
  const install = spawnSync('npm', ['ci', '--include=dev', '--include=optional'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (install.error) fail(`npm could not be started (${install.error.message}): is it installed and on PATH?`)
  if (install.status !== 0)
    fail(`npm ci failed (${install.signal ?? `exit code ${install.status}`}): its messages are above.`)
  writeFileSync(stampFile, wanted)
}

const unusable = missingNode({
  pinnedNodeFound: existsSync(join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node')),
  runningMajor: Number(process.versions.node.split('.')[0]),
})
if (unusable !== undefined) fail(unusable)
