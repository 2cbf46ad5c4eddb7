import type { Migrations, OpenAccess, ServerRoot, StartFault } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import { type AccessCheck, type LedgerReads, secretText } from '@pull-secret/domain'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Check } from './check.ts'
import { checkInstallation, type InstallationDeps } from './check-installation.ts'

type AccessReport = Awaited<ReturnType<NonNullable<OpenAccess['check']>>>

interface Given {
  readonly preparedStatements?: boolean
  /** Whether named statements reach a database that knows them. */
  readonly pooled?: boolean
  readonly faults?: ReadonlyArray<StartFault>
  readonly pending?: ReadonlyArray<string>
  readonly unknown?: ReadonlyArray<string>
  readonly userPower?: Awaited<ReturnType<Migrations['userPower']>>
  readonly isDatabaseAway?: boolean
  readonly durability?: Awaited<ReturnType<Migrations['durability']>>
  readonly sandbox?: boolean
  readonly sharesSessions?: boolean
  /** What keeps the database from taking writes. */
  readonly unwritable?: string
  readonly access?: AccessCheck
  readonly enabled?: boolean
  /** Credentials that wait for somebody. */
  readonly waiting?: ReadonlyArray<{ readonly problem?: string }>
  /** What the API server says that decides about callers; absent where none is asked. */
  readonly reviews?: AccessReport
}

const examined = async (given: Given) => {
  const {
    preparedStatements = true,
    pooled = false,
    faults = [],
    pending = [],
    unknown = [],
    userPower = 'narrow',
    isDatabaseAway = false,
    durability = { off: [], synchronousCommit: 'on' },
    sandbox = false,
    sharesSessions = false,
    unwritable,
    access = { kind: 'working' },
    enabled = true,
    waiting = [],
    reviews,
  } = given
  let open = 0
  const ping: LedgerReads['ping'] =
    unwritable === undefined
      ? TE.right(undefined)
      : TE.left({
          code: 'LEDGER_UNAVAILABLE',
          retryAfterSeconds: 2,
          fault: { code: '42501', message: unwritable, isLasting: true },
        })
  const rootWith = (prepared: boolean) => {
    open += 1
    return {
      reads: {
        ping: pooled && prepared ? () => Promise.reject(new Error('prepared statement "ping" already exists')) : ping,
      },
      access: reviews === undefined ? {} : { check: () => Promise.resolve(reviews) },
      useCases: {
        list: { troubled: () => TE.right({ items: waiting }) },
        checkRegistries: () => T.of([{ registryId: 'quay', type: 'quay', enabled, required: true, hosts: [], access }]),
      },
      close: () => {
        open -= 1
        return Promise.resolve()
      },
    } as unknown as ServerRoot
  }
  const deps: InstallationDeps = {
    openSchema: () =>
      Promise.resolve(
        isDatabaseAway
          ? E.left([{ field: 'database', message: 'the database does not answer' }])
          : E.right({
              pending: () => Promise.resolve(pending),
              statements: () => Promise.resolve([]),
              run: () => Promise.resolve([]),
              unknown: () => Promise.resolve(unknown),
              sharesSessions: () => Promise.resolve(sharesSessions),
              durability: () => Promise.resolve(durability),
              userPower: () => Promise.resolve(userPower),
              faultOf: () => ({ message: 'it fails' }),
              close: () => Promise.resolve(),
            }),
      ),
    openRoot: ({ database }) =>
      Promise.resolve(faults.length > 0 ? E.left(faults) : E.right(rootWith(database.preparedStatements))),
  }
  const config = {
    deployment: { sandbox },
    database: { url: secretText('postgres://nobody:canary@db.example/x'), preparedStatements },
  } as unknown as Config
  const checks = await checkInstallation(config, deps)
  return { checks, left: open, named: (name: string): Check | undefined => checks.find((check) => check.name === name) }
}

describe('the doctor', () => {
  it('finds nothing where nothing is wrong, and leaves nothing open', async () => {
    const { checks, left } = await examined({})
    expect(checks.map(({ status }) => status)).to.deep.equal(checks.map(() => 'ok'))
    expect(checks.map(({ name }) => name)).to.deep.equal([
      'key ring',
      'registry settings',
      'TLS files',
      'access settings',
      'trace settings',
      'deployment id',
      'database',
      'schema',
      'durability',
      'sessions',
      'database user',
      'schema release',
      'prepared statements',
      'database writes',
      'waiting work',
      'registry quay',
    ])
    expect(left).to.equal(0)
  })

  it('fails on a database that a crash damages, and only warns of it in a sandbox', async () => {
    const durability = { off: ['fsync', 'full_page_writes'], synchronousCommit: 'on' }
    expect((await examined({ durability })).named('durability'))
      .to.include({ status: 'failed' })
      .and.to.have.property('detail')
      .that.includes('fsync and full_page_writes off')
    expect((await examined({ durability, sandbox: true })).named('durability')).to.include({ status: 'warning' })
  })

  it('notes that commits are acknowledged early there, which no transaction of the service is', async () => {
    const { named } = await examined({ durability: { off: [], synchronousCommit: 'off' } })
    expect(named('durability')).to.include({
      status: 'ok',
      detail: 'synchronous_commit is off there, and on in every transaction of the service',
    })
  })

  it('warns of a database user that could alter the audit', async () => {
    for (const userPower of ['superuser', 'owner', 'may_alter_audit'] as const) {
      expect((await examined({ userPower })).named('database user'))
        .to.include({ status: 'warning' })
        .and.to.have.property('hint')
        .that.includes('--print-roles')
    }
  })

  it('warns of a schema that a newer release migrated, and names what it does not know', async () => {
    expect((await examined({ unknown: ['29991231-later'] })).named('schema release'))
      .to.include({ status: 'warning' })
      .and.to.have.property('detail')
      .that.includes('29991231-later')
  })

  it('tells a pooler by statements that fail when they are prepared and work when they are not', async () => {
    const { named, left } = await examined({ pooled: true })
    expect(named('prepared statements'))
      .to.include({ status: 'failed' })
      .and.to.have.property('hint')
      .that.includes('prepared_statements to false')
    expect(named('registry quay')).to.include({ status: 'ok' })
    expect(left).to.equal(0)
    expect((await examined({ pooled: true, preparedStatements: false })).named('prepared statements')).to.include({
      status: 'skipped',
    })
  })

  it('tells a pooler that knows prepared statements by sessions that are shared', async () => {
    expect((await examined({ sharesSessions: true })).named('sessions'))
      .to.include({ status: 'failed' })
      .and.to.have.property('hint')
      .that.includes('prepared_statements to false')
    const without = await examined({ sharesSessions: true, preparedStatements: false })
    expect(without.named('sessions')).to.include({ status: 'ok' })
  })

  it('tells a database that takes no writes from one that confuses prepared statements, and says why', async () => {
    const { named, left } = await examined({ unwritable: 'role "app" lacks a right' })
    expect(named('prepared statements')).to.include({ status: 'skipped' })
    expect(named('database writes')).to.include({ status: 'failed', detail: 'role "app" lacks a right' })
    expect(left).to.equal(0)
  })

  it('warns of credentials that wait for somebody, with what is wrong with them', async () => {
    const waiting = [{ problem: 'login_refused' }, { problem: 'quota' }, { problem: 'login_refused' }]
    expect((await examined({ waiting })).named('waiting work')).to.include({
      status: 'warning',
      detail: '3 credentials wait for somebody: 2 login_refused, 1 quota',
    })
  })

  it('names the part that keeps the service from opening, and skips what depends on it', async () => {
    const { named } = await examined({
      faults: [
        { field: 'encryption.key_ring_file', message: 'must be JSON' },
        { field: 'registries.0.config.team', message: 'registry quay: team is wrong' },
      ],
    })
    expect(named('key ring')).to.include({ status: 'failed', detail: 'must be JSON' })
    expect(named('registry settings')).to.include({ status: 'failed' })
    for (const name of ['deployment id', 'prepared statements', 'registry access'])
      expect(named(name)).to.include({ status: 'skipped' })
  })

  it('tells what nobody expected while the service was opened', async () => {
    const { named } = await examined({ faults: [{ message: 'an unexpected error: TypeError' }] })
    expect(named('start')).to.include({ status: 'failed', detail: 'an unexpected error: TypeError' })
  })

  it('tells a database that is away from one that lacks migrations', async () => {
    const fault = [{ field: 'database', message: 'the database does not answer' }]
    const away = await examined({ isDatabaseAway: true, faults: fault })
    expect([
      away.named('database')?.status,
      away.named('schema')?.status,
      away.named('prepared statements')?.status,
    ]).to.deep.equal(['failed', 'skipped', 'skipped'])
    const behind = await examined({ pending: ['20260131-something'], faults: fault })
    expect([behind.named('database')?.status, behind.named('schema')?.status]).to.deep.equal(['ok', 'failed'])
  })

  it('says what to do about a registry without access, and skips a disabled one', async () => {
    expect((await examined({ access: { kind: 'failing', problem: 'administrator_refused' } })).named('registry quay'))
      .to.include({ status: 'failed' })
      .and.to.have.property('hint')
      .that.includes('renew')
    expect(
      (await examined({ enabled: false, access: { kind: 'failing', problem: 'administrator_refused' } })).named(
        'registry quay',
      ),
    ).to.include({ status: 'skipped' })
  })

  it('names the file that keeps it from asking a registry', async () => {
    const detail = 'token_file: /token does not exist'
    const { named } = await examined({ access: { kind: 'failing', problem: 'file_unusable', detail } })
    expect(named('registry quay'))
      .to.include({ status: 'failed', detail })
      .and.to.have.property('hint')
      .that.includes('mend the file')
  })

  it('prints the binding that its own account lacks to ask about callers', async () => {
    const server = 'https://10.0.0.1:443'
    const problem = { code: 'reviews_refused', message: `${server} refuses our reviews (HTTP 403)` } as const
    const account = { namespace: 'hyperfleet-system', name: 'pull-secret-service' }
    const { named } = await examined({ reviews: { server, problem, account } })
    expect(named('access')).to.deep.equal({
      name: 'access',
      status: 'failed',
      detail: problem.message,
      hint:
        'kubectl create clusterrolebinding hyperfleet-pull-secret-auth-delegator ' +
        '--clusterrole=system:auth-delegator --serviceaccount=hyperfleet-system:pull-secret-service',
    })
    expect((await examined({ reviews: { server, problem } })).named('access')?.hint).to.include('NAMESPACE:NAME')
    expect((await examined({ reviews: { server } })).named('access')?.status).to.equal('ok')
    const unknown = { code: 'account_unknown', message: `${server} does not know our account (HTTP 401)` } as const
    expect((await examined({ reviews: { server, problem: unknown } })).named('access')?.hint).to.include('token')
    const away = { code: 'reviews_unavailable', message: `${server} cannot be reached` } as const
    expect((await examined({ reviews: { server, problem: away } })).named('access')?.hint).to.include('address')
  })

  it('says what is wrong with the TLS files of the API port', async () => {
    const fault = { field: 'server.tls.key_file', message: 'server.key does not exist' }
    const { named } = await examined({ faults: [fault] })
    expect(named('TLS files')).to.include({ status: 'failed', detail: fault.message })
  })

  it('says what is wrong with the file of access tokens', async () => {
    const fault = { field: 'access.tokens_file', message: 'tokens.json: must be valid JSON' }
    const { named } = await examined({ faults: [fault] })
    expect(named('access settings')).to.include({ status: 'failed', detail: fault.message })
  })
})
