import { type ChildProcess, spawn } from 'node:child_process'

const script = 'read -r _ || kill -INT "$0"'

/**
 * Interrupts a child when this process ends, on machines without `setpriv`.
 *
 * A shell waits on a pipe that only this process holds: the kernel closes it however this process ends. When the child
 * ends first, the shell is told so and ends without a signal, as the process id may belong to another program by then.
 */
export const interruptWithParent = (child: ChildProcess): void => {
  const watcher = spawn('/bin/sh', ['-c', script, String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    detached: true,
  })
  watcher.unref()
  child.once('exit', () => watcher.stdin.end('ended\n'))
}
