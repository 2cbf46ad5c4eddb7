#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node --max-semi-space-size=8 --heap-growing-percent=50
// Left to themselves, Node lets the young generation grow to 128 MB before it collects, and the old one to several
// times what lives in it, and the C library keeps an arena per thread: most of what this program would hold.
// Plain and without imports up to here, so that an older Node says one sentence instead of a syntax error.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(`pull-secret needs Node 24 or newer; this is Node ${process.versions.node}.\n`)
  process.exit(1)
}

// Before everything is loaded: to the first process of a container, a signal that nobody handles never happened.
const stopping = new AbortController()
for (const name of ['SIGTERM', 'SIGINT']) process.on(name, () => stopping.abort(name))

// Node would open its inspector, through which everything can be read, to whoever may send this signal.
process.on('SIGUSR1', () => undefined)

const { nodeProcessContext, run } = await import('@pull-secret/cli')
process.exit(await run(process.argv.slice(2), nodeProcessContext(stopping.signal)))
