import { makeHttpClient } from '../http-client.ts'
import { everyTurn } from './every-turn.ts'

/**
 * A process of its own, because Node reads much of its environment when it starts. Asks the first argument once for
 * each further one, which names a CA bundle or, empty, none; prints a line with the status or the problem for each.
 */
const [url = '', ...bundles] = process.argv.slice(2)
const none = () => Promise.resolve()
const clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep: () => none, alarm: () => none }

for (const bundle of bundles) {
  const http = makeHttpClient({
    clock,
    logger: { log: () => () => undefined },
    callSeconds: 5,
    turns: everyTurn,
    tls: { caFile: bundle === '' ? undefined : bundle },
  })
  const result = await http.send({
    method: 'GET',
    url,
    terms: { deadline: clock.monotonic() + 5_000, priority: 'interactive' },
  })
  process.stdout.write(`${result.kind === 'answered' ? String(result.status) : result.problem}\n`)
  await http.close()
}
