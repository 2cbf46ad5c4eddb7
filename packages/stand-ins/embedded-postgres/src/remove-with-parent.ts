import { spawn } from 'node:child_process'

const script = `
read -r _ && exit
tries=0
while [ -e "$0/cluster/data/postmaster.pid" ] && [ $tries -lt 200 ]; do sleep 0.05; tries=$((tries + 1)); done
rm -rf -- "$0" || { sleep 1; rm -rf -- "$0"; }
`

/**
 * Removes a server's data directory when this process ends, however it ends, once the server has shut down (10 s at
 * most).
 *
 * A shell waits on a pipe that only this process holds; the returned function calls the removal off.
 */
export const removeWithParent = (dataDirectory: string): (() => void) => {
  const watcher = spawn('/bin/sh', ['-c', script, dataDirectory], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    detached: true,
  })
  watcher.unref()
  return () => watcher.stdin.end('removed\n')
}
