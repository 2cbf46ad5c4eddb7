// Here and not beside a source file because it plays the whole wired service.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Failure } from '@pull-secret/domain'
import { expect } from 'chai'
import { Pool } from 'pg'
import { administratorToken, cause, left, openStage, right, type Stage } from './stage.ts'

const clusterId = 'cls-abc123'
const generate = (stage: Stage, id = clusterId) =>
  stage.root.useCases.generate({ clusterId: id, cause, cloudProvider: 'gcp', region: 'us-east1' })
const remove = (stage: Stage, id = clusterId) => stage.root.useCases.remove({ clusterId: id, cause })
const recover = (stage: Stage) => right(stage.root.useCases.recover(cause))

const robots = (stage: Stage) => stage.quay.robots().filter((robot) => !robot.description.endsWith('/control'))
const accounts = (stage: Stage) =>
  stage.rhit
    .serviceAccounts()
    .filter((account) => account.deletedAt === null && !account.description.endsWith('/control'))

const statusAt = (failure: unknown, registryId: string) =>
  (failure as Failure<'REGISTRIES_NOT_READY'>).registries.find((registry) => registry.registryId === registryId)

const inDatabase = async (stage: Stage, act: (pool: Pool) => Promise<void>): Promise<void> => {
  const pool = new Pool({ connectionString: stage.databaseUrl, max: 1 })
  try {
    await act(pool)
  } finally {
    await pool.end()
  }
}

const moveIntoThePast = `
  update registry_credentials
  set settles_at = settles_at - interval '1 day',
    next_attempt_at = next_attempt_at - interval '1 day',
    lease_taken_at = lease_taken_at - interval '1 day',
    lease_expires_at = lease_expires_at - interval '1 day'`

/**
 * As if every landing window, lease and back-off had passed: the ledger's own times are moved into the past. Under the
 * lock of every cluster, since work may be under way that writes the same rows in another order.
 */
const letTimePass = (stage: Stage) =>
  inDatabase(stage, async (pool) => {
    await pool.query('begin')
    await pool.query(
      'select pg_advisory_xact_lock(hashtextextended(id, 0)) from (select id from clusters order by id) c',
    )
    await pool.query(moveIntoThePast)
    await pool.query(`update clusters set next_attempt_at = next_attempt_at - interval '1 day'`)
    await pool.query('commit')
  })

describe('the wired service, on PostgreSQL and simulated vendors', () => {
  let stage: Stage
  afterEach(async () => {
    await stage.close()
  })

  const faultsThatAreRecoveredWithinTheRequest = {
    'the connection is reset before the vendor acts': { kind: 'resetBefore' },
    'the connection is reset after the vendor acted': { kind: 'resetAfter' },
    'the vendor answers 500': { kind: 'status', status: 500, body: 'json' },
    'a gateway answers 502 in HTML': { kind: 'status', status: 502 },
    'a gateway answers 504 although the vendor acted': { kind: 'status', status: 504, acts: true },
    'the answer has no body': { kind: 'emptyBody' },
    'the request is executed twice': { kind: 'executeTwice' },
  } as const

  Object.entries(faultsThatAreRecoveredWithinTheRequest).forEach(([what, fault]) => {
    it(`gives one credential per registry when ${what}`, async () => {
      stage = await openStage()
      stage.quay.faults.add({ operation: 'createRobot', fault })
      stage.rhit.faults.add({ operation: 'createServiceAccount', fault })
      const secret = await right(generate(stage))
      expect([robots(stage).length, accounts(stage).length]).to.deep.equal([1, 1])
      expect(secret.credentials.map((credential) => credential.registryId)).to.deep.equal(['plain', 'quay', 'rhit'])
    })
  })

  it('answers 503 while a vendor hangs, keeps what the other gave, and goes on without the caller', async () => {
    stage = await openStage({ callSeconds: 1 })
    stage.rhit.faults.add({ operation: '*', fault: { kind: 'hang' }, times: 40 })
    const refusal = await left(generate(stage))
    expect(refusal).to.include({ code: 'REGISTRIES_NOT_READY' })
    expect(statusAt(refusal, 'rhit')).to.include({ status: 'failing', problem: 'timeout' })
    expect(stage.root.registryStates()).to.deep.equal([
      { registryId: 'quay', state: { kind: 'working' }, isCircuitOpen: false },
      { registryId: 'rhit', state: { kind: 'failing', problem: 'timeout' }, isCircuitOpen: false },
      { registryId: 'plain', state: { kind: 'working' }, isCircuitOpen: false },
    ])
    expect(robots(stage)).to.have.length(1)
    stage.rhit.faults.clear()
    await stage.rhit.faults.release()
    await letTimePass(stage)
    await recover(stage)
    await right(stage.root.useCases.retrieve(clusterId))
    expect([robots(stage).length, accounts(stage).length]).to.deep.equal([1, 1])
  })

  it('leaves other clusters and registries alone while one vendor hangs', async () => {
    stage = await openStage({ callSeconds: 3 })
    const before = await right(generate(stage, 'cls-before1'))
    stage.rhit.faults.add({ operation: '*', fault: { kind: 'hang' }, times: 10 })
    const hanging = generate(stage, 'cls-hangs1')()
    await stage.rhit.faults.untilHeld(1)
    expect((await right(stage.root.useCases.retrieve('cls-before1'))).text).to.equal(before.text)
    expect((await right(generate(stage, 'cls-before1'))).text).to.equal(before.text)
    stage.rhit.faults.clear()
    await stage.rhit.faults.release()
    await hanging
  })

  it('revokes a credential whose create lands only after its cluster was deleted', async () => {
    stage = await openStage()
    stage.quay.faults.add({ operation: 'createRobot', fault: { kind: 'lateLanding' }, times: 40 })
    await left(generate(stage))
    const deletion = await right(remove(stage))
    expect(
      deletion.kind === 'deleting' && deletion.registries.find((registry) => registry.registryId === 'quay')?.status,
    ).to.equal('settling')
    await stage.quay.faults.release()
    expect(robots(stage)).to.have.length(1)
    stage.quay.faults.clear()
    await letTimePass(stage)
    await recover(stage)
    await letTimePass(stage)
    await recover(stage)
    expect([robots(stage), accounts(stage)]).to.deep.equal([[], []])
    expect(await right(remove(stage))).to.deep.equal({ kind: 'deleted' })
  })

  it('waits as long as a vendor asks that has too much to do', async () => {
    stage = await openStage()
    stage.quay.faults.add({
      operation: 'createRobot',
      fault: { kind: 'status', status: 429, retryAfterSeconds: 40, body: 'json' },
    })
    const refusal = await left(generate(stage))
    expect(statusAt(refusal, 'quay')).to.include({ status: 'failing', problem: 'throttled' })
    expect((refusal as Failure<'REGISTRIES_NOT_READY'>).retryAfterSeconds).to.be.within(35, 40)
  })

  it('finishes a robot whose team could not be joined, instead of making another', async () => {
    stage = await openStage()
    stage.quay.faults.add({ operation: 'addTeamMember', fault: { kind: 'status', status: 500, body: 'json' } })
    await right(generate(stage))
    expect(robots(stage)).to.have.length(1)
    expect(robots(stage)[0]?.teams).to.deep.equal(['hyperfleet-installers'])
  })

  it('names an expired administrator credential as the problem, and works again when the file is renewed', async () => {
    stage = await openStage()
    stage.quay.expireAdministratorToken(administratorToken)
    expect(statusAt(await left(generate(stage)), 'quay')).to.include({ problem: 'administrator_refused' })
    stage.quay.setAdministratorToken('canary-renewed-token', 'valid')
    writeFileSync(stage.quayTokenFile, 'canary-renewed-token')
    await letTimePass(stage)
    await right(generate(stage))
  })

  it('answers at once where a file of a required registry cannot be used, and logs its name', async () => {
    stage = await openStage()
    renameSync(stage.quayTokenFile, `${stage.quayTokenFile}.away`)
    const refusal = await left(generate(stage))
    expect(refusal).to.include({ code: 'REGISTRIES_NOT_READY', timedOut: false })
    expect(statusAt(refusal, 'quay')).to.include({ status: 'failing', problem: 'file_unusable' })
    expect(stage.logged()).to.include(`"reason":"token_file: ${stage.quayTokenFile} does not exist"`)
    renameSync(`${stage.quayTokenFile}.away`, stage.quayTokenFile)
    await letTimePass(stage)
    await right(generate(stage))
    expect(robots(stage)).to.have.length(1)
  })

  it('starts without a file of a registry, names it at the start, and works as soon as it is there', async () => {
    stage = await openStage()
    renameSync(stage.quayTokenFile, `${stage.quayTokenFile}.away`)
    const before = stage.logged().length
    const replica = await stage.openReplica()
    expect(stage.logged().slice(before)).to.include(`"field":"token_file"`)
    const access = async () =>
      (await replica.useCases.checkRegistries({ askVendors: true })()).find(({ registryId }) => registryId === 'quay')
        ?.access
    expect(await access()).to.deep.equal({
      kind: 'failing',
      problem: 'file_unusable',
      detail: `token_file: ${stage.quayTokenFile} does not exist`,
    })
    renameSync(`${stage.quayTokenFile}.away`, stage.quayTokenFile)
    await right(replica.useCases.generate({ clusterId, cause }))
  })

  it('sends nothing to a vendor whose certificate it does not trust', async () => {
    stage = await openStage()
    const replica = await stage.openReplica((registry) =>
      registry.id === 'rhit' ? { ...registry, caFile: undefined } : registry,
    )
    const refusal = await left(replica.useCases.generate({ clusterId, cause }))
    expect(statusAt(refusal, 'rhit')).to.include({ problem: 'untrusted_certificate' })
    expect(accounts(stage)).to.deep.equal([])
  })

  it('publishes without a plain registry whose disk is full, and completes it when there is room', async () => {
    stage = await openStage()
    const folder = dirname(stage.htpasswdFile)
    renameSync(folder, `${folder}.away`)
    const secret = await right(generate(stage))
    expect(secret.registries.find((registry) => registry.registryId === 'plain')).to.include({
      status: 'failing',
      problem: 'storage_failed',
    })
    renameSync(`${folder}.away`, folder)
    await letTimePass(stage)
    await recover(stage)
    expect(Object.keys((await right(stage.root.useCases.retrieve(clusterId))).document.auths)).to.include(
      '127.0.0.1:5000',
    )
    expect(existsSync(stage.htpasswdFile)).to.equal(true)
  })

  it('never counts up to a file that a later state of the database wrote, and says what is wrong', async () => {
    stage = await openStage()
    await right(generate(stage))
    const later = readFileSync(stage.htpasswdFile, 'latin1').replace(/ fence=\d+/, ' fence=4')
    writeFileSync(stage.htpasswdFile, later)
    const created = await right(stage.root.useCases.generate({ clusterId: 'cls-00000002', cause }))
    expect(created.registries.find(({ registryId }) => registryId === 'plain')).to.include({
      status: 'failing',
      problem: 'fence_behind',
    })
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await letTimePass(stage)
      await recover(stage)
    }
    expect(readFileSync(stage.htpasswdFile, 'latin1')).to.equal(later)
  })

  it('gives 200 concurrent callers of two replicas one credential per registry and the same answer', async () => {
    stage = await openStage()
    // Nobody waits long for what is optional, so that a slow machine would give some callers less than others.
    const allRequired = () => stage.openReplica((registry) => ({ ...registry, required: true }))
    const [one, other] = [await allRequired(), await allRequired()]
    const callers = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? one : other))
    const secrets = await Promise.all(callers.map((root) => right(root.useCases.generate({ clusterId, cause }))))
    expect(
      new Set(secrets.map((secret) => `${secret.text}${secret.fingerprint}${secret.fingerprintKey.reveal()}`)).size,
    ).to.equal(1)
    expect([robots(stage).length, accounts(stage).length]).to.deep.equal([1, 1])
  })

  it("keeps every token out of logs, tables and the database's own statements", async () => {
    stage = await openStage({ callSeconds: 1 })
    stage.quay.faults.add({ operation: 'createRobot', fault: { kind: 'resetAfter' } })
    const secret = await right(generate(stage))
    await right(remove(stage))
    const tokens = Object.values(secret.document.auths).map((entry) =>
      Buffer.from(entry.auth, 'base64').toString().split(':').slice(1).join(':'),
    )
    const canaries = [
      ...new Set([
        ...tokens,
        ...Object.values(secret.document.auths).map((entry) => entry.auth),
        administratorToken,
        secret.fingerprintKey.reveal(),
      ]),
    ]
    await inDatabase(stage, async (pool) => {
      const tables = [
        'clusters',
        'registry_credentials',
        'credential_audit_log',
        'audit_chains',
        'shared_objects',
        'deployment',
        'encryption_keys',
        'pg_stat_activity',
      ]
      const dumps = await Promise.all(
        tables.map((table) => pool.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t`)),
      )
      const stored = dumps.flatMap((dump) => dump.rows.map((entry) => entry.row)).join('\n')
      const metrics = await stage.root.meter.render()
      canaries.forEach((canary, index) => {
        expect(
          `${stored}\n${stage.logged()}\n${metrics}`.includes(canary),
          `canary ${String(index)} was found`,
        ).to.equal(false)
      })
    })
    expect(canaries.length).to.be.at.least(6)
    expect(readFileSync(stage.htpasswdFile, 'utf8')).not.to.include(tokens[0])
  })
})
