import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import pg from 'pg'
import { containerUser, processStatus, whyNoContainers } from '../src/image/container.ts'
import { type ContainerStage, openContainerStage, type StartedContainer } from '../src/image/open-container-stage.ts'
import { freePort } from '../src/stage/free-port.ts'
import { makeServiceCaller, pullSecretPath } from '../src/stage/service-caller.ts'
import { until } from '../src/stage/until.ts'

const times = { leaseSeconds: 12, callSeconds: 10, landingWindowSeconds: 0, recoverySeconds: 0 }
const migrationLock = `hashtextextended('pull-secret-service/migrations', 0)`

/** Sends the first process a signal at the moment when it begins to load more than its entry. */
const signalledWhileLoading = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  registerHooks({ resolve(specifier, context, next) {
    if (context.parentURL?.endsWith('/dist/pull-secret.js') && specifier.startsWith('./'))
      process.kill(process.pid, 'SIGTERM')
    return next(specifier, context)
  } })`)}`

describe('the image, run as user 65532 on a read-only root without a home,', () => {
  let opened: ContainerStage
  let database: pg.Client
  const closings: Array<() => Promise<void>> = []
  before(async function () {
    const reason = whyNoContainers()
    if (reason !== undefined) this.skip(reason)
    opened = await openContainerStage(times)
    closings.push(opened.close)
    database = new pg.Client({ connectionString: opened.stage.databaseUrl })
    await database.connect()
    closings.push(() => database.end())
  })
  after(async () => {
    for (const close of closings.splice(0).reverse()) await close()
  })

  afterEach(() => opened.endAll())

  const said = ({ lines }: StartedContainer): string => lines.join('\n')
  const isServing = (container: StartedContainer): boolean => said(container).includes('"message":"serving"')
  const serve = async (args: ReadonlyArray<string> = ['serve']) => {
    const port = String(await freePort())
    const container = await opened.start(args, { HYPERFLEET_SERVER_PORT: port })
    const url = `http://127.0.0.1:${port}`
    return { container, port, url }
  }
  const served = async (args?: ReadonlyArray<string>) => {
    const one = await serve(args)
    await until(
      () => isServing(one.container) || !one.container.isRunning(),
      60,
      () => said(one.container),
    )
    expect(isServing(one.container), said(one.container)).to.equal(true)
    return one
  }
  const untilSomebodyWaits = (lock: 'advisory' | 'relation', container: StartedContainer) =>
    until(
      async () => {
        const { rows } = await database.query('select 1 from pg_locks where locktype = $1 and not granted', [lock])
        return rows.length > 0 || !container.isRunning()
      },
      60,
      () => `nobody waits for a lock: ${said(container)}`,
    )
  /** Nobody else is connected: what a process began on the database is over. */
  const nobodyConnected = () =>
    until(
      async () => {
        const { rows } = await database.query<{ count: string }>(
          `select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
        )
        return rows[0]?.count === '0'
      },
      20,
      () => 'somebody is still connected',
    )
  const tables = async (): Promise<number> => {
    const { rows } = await database.query<{ count: string }>(
      `select count(*) from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations'`,
    )
    return Number(rows[0]?.count)
  }

  for (const [args, code] of [
    [['migrate'], 143],
    [['serve', '--migrate'], 0],
  ] as const) {
    it(`ends ${args.join(' ')} in order during the migration, which leaves nothing`, async () => {
      await database.query(`select pg_advisory_lock(${migrationLock})`)
      const { container } = await serve(args)
      await untilSomebodyWaits('advisory', container)
      container.signal('SIGTERM')
      expect(await container.ended(), said(container)).to.equal(code)
      await database.query(`select pg_advisory_unlock(${migrationLock})`)
      await nobodyConnected()
      expect(await tables()).to.equal(0)
    })
  }

  it('migrates once, when several replicas start at once on an empty database', async () => {
    const replicas = await Promise.all([1, 2, 3].map(() => served(['serve', '--migrate'])))
    const { rows } = await database.query<{ count: string; names: string }>(
      'select count(*), count(distinct name) as names from schema_migrations',
    )
    expect(rows[0]?.count).to.equal(rows[0]?.names)
    expect(await opened.run(['migrate'])).to.equal(0)
    replicas.forEach(({ container }) => container.signal('SIGTERM'))
    const codes = await Promise.all(replicas.map(({ container }) => container.ended()))
    expect(codes).to.deep.equal([0, 0, 0])
  })

  it('is the first process, has no right, and can write nothing', async () => {
    const { container } = await served()
    const fields = ['NSpid', 'Uid', 'Gid', 'Groups', 'NoNewPrivs', 'CapPrm', 'CapEff', 'CapBnd']
    const { NSpid, ...status } = processStatus(container.pid(), fields)
    expect(NSpid?.split(/\s+/).at(-1)).to.equal('1')
    const user = Array.from({ length: 4 }, () => containerUser).join('\t')
    const none = '0'.repeat(16)
    expect(status).to.deep.equal({
      Uid: user,
      Gid: user,
      Groups: '',
      NoNewPrivs: '1',
      CapPrm: none,
      CapEff: none,
      CapBnd: none,
    })
    const mounts = readFileSync(`/proc/${String(container.pid())}/mountinfo`, 'utf8')
      .trim()
      .split('\n')
    const writable = mounts
      .map((line) => line.split(' '))
      .filter(([, , , , place = '', options = '']) => options.startsWith('rw') && !/^\/(dev|proc)/.test(place))
    expect(writable.map(([, , , , place]) => place)).to.deep.equal(['/var/lib/registry'])
    container.signal('SIGTERM')
    expect(await container.ended()).to.equal(0)
  })

  it('serves, is healthy, and answers what is open when SIGTERM comes', async () => {
    const { container, port, url } = await served()
    const ask = makeServiceCaller(opened.stage.folder)
    const post = (clusterId: string) => ask(url, { method: 'POST', path: pullSecretPath(clusterId), body: {} })
    expect((await post('cls-image1'))?.status).to.equal(200)
    expect(await opened.run(['health'], { HYPERFLEET_SERVER_PORT: port })).to.equal(0)

    opened.stage.quay.faults.add({ operation: 'createRobot', fault: { kind: 'hang' } })
    const open = post('cls-image2')
    await opened.stage.quay.faults.untilHeld(1)
    container.signal('SIGTERM')
    await until(
      () => said(container).includes('"message":"stopping"'),
      20,
      () => said(container),
    )
    opened.stage.quay.faults.clear()
    await opened.stage.quay.faults.release()
    expect((await open)?.status).to.equal(200)
    expect(await container.ended()).to.equal(0)
    expect(await opened.run(['health'], { HYPERFLEET_SERVER_PORT: port })).to.equal(6)
    await nobodyConnected()
  })

  it('writes the one folder that it may write: users of a registry', async () => {
    expect(await opened.run(['jobs', 'run', 'recovery'])).to.equal(0)
    const htpasswd = readFileSync(`${opened.stage.folder.path}/mounted-registry/htpasswd`, 'utf8')
    expect(htpasswd.trim().split('\n')).to.have.length.greaterThan(1)
  })

  for (const [args, code] of [
    [['serve'], 0],
    [['migrate'], 143],
    [['jobs', 'run', 'recovery'], 143],
  ] as const) {
    it(`ends ${args.join(' ')} in order while it starts`, async () => {
      const container = await opened.start(args, { NODE_OPTIONS: `--import=${signalledWhileLoading}` })
      expect(await container.ended(), said(container)).to.equal(code)
      await nobodyConnected()
    })
  }

  it('ends a job in order in the middle of its work', async () => {
    await database.query('begin; lock table clusters in access exclusive mode')
    const job = await opened.start(['jobs', 'run', 'recovery'])
    await untilSomebodyWaits('relation', job)
    job.signal('SIGTERM')
    expect(await job.ended(), said(job)).to.equal(143)
    await database.query('rollback')
    await nobodyConnected()
  })
})
