import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openStage, type Stage } from '../stage/open-stage.ts'
import { makeServiceCaller, pullSecretPath } from '../stage/service-caller.ts'

const registryId = 'plain'
const clusters = 300
/** Attempts go on to wait for the object while it is measured. */
const times = { leaseSeconds: 120, callSeconds: 10, landingWindowSeconds: 1, recoverySeconds: 0 }
const windowSeconds = 10
/** The pauses of who waits have become as long as they get. */
const settlingSeconds = 5

const statement = /LOG: {2}(?:statement|execute [^:]*): /g

const statementsIn = ({ databaseLogFile }: Stage): number =>
  readFileSync(databaseLogFile, 'utf8').match(statement)?.length ?? 0

const statementsASecond = async (stage: Stage): Promise<number> => {
  const before = statementsIn(stage)
  await sleep(windowSeconds * 1000)
  return (statementsIn(stage) - before) / windowSeconds
}

const inDatabase = async <A>({ databaseUrl }: Stage, use: (client: pg.Client) => Promise<A>): Promise<A> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

const holdForEver = (stage: Stage) =>
  inDatabase(stage, (client) =>
    client.query(`insert into shared_objects values ($1, gen_random_uuid(), 0, 'infinity')`, [registryId]),
  )

const begunCreates = (stage: Stage): Promise<number | undefined> =>
  inDatabase(stage, async (client) => {
    const text = `select count(*)::int as count from registry_credentials where state = 'intended'`
    return (await client.query<{ count: number }>(text)).rows[0]?.count
  })

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const measure = async (stage: Stage, processes: number): Promise<void> => {
  const services = await Promise.all(Array.from({ length: processes }, () => stage.startService()))
  const idle = await statementsASecond(stage)
  await holdForEver(stage)
  const call = makeServiceCaller(stage.folder)
  // Nobody waits for long for a registry that is not required: the attempts go on to wait.
  await Promise.all(
    Array.from({ length: clusters }, (_, index) =>
      call(services[index % processes]?.url ?? '', {
        method: 'POST',
        path: pullSecretPath(`cls-waiting${String(index).padStart(4, '0')}`),
        body: {},
      }),
    ),
  )
  const begun = await begunCreates(stage)
  if (begun !== clusters) throw new Error(`${String(begun)} of ${String(clusters)} clusters wait`)
  await sleep(settlingSeconds * 1000)
  const waiting = await statementsASecond(stage)
  const place = `${String(clusters)} clusters in ${String(processes)} process${processes === 1 ? '' : 'es'}`
  say(`${place} wait for a busy file: ${waiting.toFixed(1)} statements a second, ${idle.toFixed(1)} without them`)
}

/**
 * Prints how many statements clusters cost that wait for a shared object which somebody else holds. The numbers of
 * processes may be given.
 */
export const benchWaiting = async (args: ReadonlyArray<string>): Promise<void> => {
  for (const processes of args.length === 0 ? [1, 3] : args.map(Number)) {
    const stage = await openStage({ times, registryIds: [registryId] })
    try {
      await measure(stage, processes)
    } finally {
      await stage.close()
    }
  }
}
