import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { markerOf, type OpenRegistry, type RegistryClient } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { makeInMemoryClock, makeSilentLogger } from '@pull-secret/in-memory'
import { everyTurn } from '@pull-secret/registry-http/testing'
import {
  type CertificateAuthority,
  type Identity,
  makeCertificateAuthority,
  type RhitSimulator,
  startRhitSimulator,
} from '@pull-secret/registry-simulators'
import { expect } from 'chai'
import { rhitControlNames } from './rhit-account-name.ts'
import { rhitRegistry } from './rhit-registry.ts'

describe('the RHIT client against partner accounts over mutual TLS', () => {
  const clock = { ...makeInMemoryClock(), sleep: () => () => Promise.resolve() }
  const marker = markerOf('here', 'c-1')
  const [controlName] = rhitControlNames('here')
  let authority: CertificateAuthority
  let server: Identity
  let partner: Identity
  let directory: string
  let simulator: RhitSimulator
  let registry: OpenRegistry
  let client: RegistryClient

  const path = (name: string): string => join(directory, name)
  const install = ({ certificate, key }: Identity): void => {
    writeFileSync(path('client.pem'), certificate)
    writeFileSync(path('client.key'), key)
  }
  const object = () => ({ vendorName: 'hyp-cls-one', marker, terms: until(clock.monotonic() + 5_000) })
  const create = () => client.createCredential(object())()
  const remove = () => client.deleteCredential(object())()
  const living = () =>
    simulator
      .serviceAccounts()
      .filter(({ deletedAt }) => deletedAt === null)
      .map(({ name }) => name)

  before(async () => {
    const times = { now: new Date(), lifetimeDays: 1 }
    authority = await makeCertificateAuthority('Specs', times)
    server = await authority.issueServer()
    partner = await authority.issueClient('hyperfleet')
  })

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'registry-rhit-'))
    writeFileSync(path('ca.pem'), authority.identity.certificate)
    install(partner)
    simulator = await startRhitSimulator({
      partnerCode: 'hyperfleet',
      ...server,
      clientAuthority: authority.identity.certificate,
    })
    registry = rhitRegistry.open(
      {
        baseUrl: simulator.url,
        collectionPath: '/v1/partners/{partner_code}/service-accounts',
        partnerCode: 'hyperfleet',
        certificateFile: path('client.pem'),
        keyFile: path('client.key'),
        registryUrl: simulator.registryUrl,
        usernamePrefix: '|',
        conflictStatuses: [409],
        notFoundStatuses: [404],
      },
      {
        registryId: 'rhit',
        deploymentId: 'here',
        clock,
        logger: makeSilentLogger(),
        callSeconds: 0.5,
        turns: everyTurn,
        caFile: path('ca.pem'),
      },
    )
    client = registry.client
  })
  afterEach(async () => {
    await simulator.close()
    await registry.close()
    rmSync(directory, { recursive: true })
  })

  it('makes an account that can log in until it is deleted', async () => {
    const outcome = await create()
    expect(outcome).to.include({ kind: 'created', username: '|hyp-cls-one' })
    expect(simulator.serviceAccounts()[0]).to.include({ name: 'hyp-cls-one', description: marker })
    const logIn = () =>
      outcome.kind === 'created' ? client.validateCredential({ ...outcome, terms: object().terms })() : undefined
    expect(await logIn()).to.deep.equal({ kind: 'valid' })
    await remove()
    expect(await logIn()).to.deep.equal({ kind: 'invalid' })
  })

  it('gives the same password however often it is asked to create', async () => {
    expect(await create()).to.deep.equal(await create())
    expect(simulator.serviceAccounts()).to.have.length(1)
    expect(simulator.stats()['updateServiceAccount']?.received).to.equal(0)
  })

  it('finds its account after the answer was lost, was empty, or never came', async () => {
    simulator.faults.add({ operation: 'createServiceAccount', fault: { kind: 'resetAfter' } })
    expect(await create()).to.deep.equal({ kind: 'unknown', problem: 'connection_lost' })
    expect(await create()).to.include({ kind: 'created' })
    simulator.faults.add({ operation: 'createServiceAccount', fault: { kind: 'hang', acts: true } })
    expect(await create()).to.deep.equal({ kind: 'unknown', problem: 'timeout' })
  })

  it('reads back at once an account whose creation was answered without a body', async () => {
    simulator.faults.add({ operation: 'createServiceAccount', fault: { kind: 'emptyBody' } })
    expect(await create()).to.include({ kind: 'created' })
    expect(simulator.stats()['getServiceAccount']?.received).to.equal(1)
  })

  it('gives up a name that a deleted account retains', async () => {
    await create()
    simulator.removeServiceAccount('hyp-cls-one')
    expect(await create()).to.deep.equal({ kind: 'name_burnt' })
  })

  it('gives up a name that another holds, and leaves it alone', async () => {
    simulator.addForeignServiceAccount({ name: 'hyp-cls-one', description: 'somebody' })
    expect(await create()).to.deep.equal({ kind: 'name_burnt' })
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'foreign_object' })
    expect(living()).to.deep.equal(['hyp-cls-one'])
  })

  it('deletes its account, and proves an absence by the control account it keeps', async () => {
    await create()
    expect(await remove()).to.deep.equal({ kind: 'deleted' })
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'controlled_read' })
    expect(living()).to.deep.equal([controlName])
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'controlled_read' })
    expect(simulator.stats()['createServiceAccount']?.received).to.equal(2)
  })

  it('makes one control account for absences that are proved at the same time', async () => {
    expect(await Promise.all([remove(), remove(), remove()])).to.deep.equal(
      Array(3).fill({ kind: 'absent', evidence: 'controlled_read' }),
    )
    expect(living()).to.deep.equal([controlName])
  })

  it('makes another control account when somebody deleted the first', async () => {
    await remove()
    simulator.removeServiceAccount(controlName ?? '')
    expect(await remove()).to.deep.equal({ kind: 'absent', evidence: 'controlled_read' })
    expect(living()).to.deep.equal([rhitControlNames('here')[1]])
  })

  it("is refused with another partner's certificate, and works as soon as the files hold its own", async () => {
    install(await authority.issueClient('another-partner'))
    expect(await create()).to.deep.equal({ kind: 'refused', problem: 'administrator_refused', firstStep: true })
    expect(await client.checkAccess(object().terms)()).to.deep.equal({
      kind: 'failing',
      problem: 'administrator_refused',
    })
    install(partner)
    expect(await client.checkAccess(object().terms)()).to.deep.equal({ kind: 'working' })
    expect(await create()).to.include({ kind: 'created' })
  })

  it('sends nothing to a vendor it does not trust', async () => {
    const stranger = await makeCertificateAuthority('Strangers', { now: new Date(), lifetimeDays: 1 })
    writeFileSync(path('ca.pem'), stranger.identity.certificate)
    expect(await create()).to.deep.equal({ kind: 'not_sent', problem: 'untrusted_certificate' })
    expect(await client.checkAccess(object().terms)()).to.deep.equal({
      kind: 'failing',
      problem: 'untrusted_certificate',
    })
  })

  it('knows nothing after a page with status 200, and after a gateway error', async () => {
    simulator.faults.add({ operation: 'createServiceAccount', fault: { kind: 'status', status: 200, body: 'html' } })
    expect(await create()).to.deep.equal({ kind: 'unknown', problem: 'unreadable_answer' })
    simulator.faults.add({ operation: 'createServiceAccount', fault: { kind: 'status', status: 502 } })
    expect(await create()).to.deep.equal({ kind: 'unknown', problem: 'server_error' })
  })

  it('tells how long a limit asks to wait', async () => {
    simulator.faults.add({
      operation: 'createServiceAccount',
      fault: { kind: 'status', status: 429, retryAfterSeconds: 30 },
    })
    expect(await create()).to.deep.equal({
      kind: 'refused',
      problem: 'throttled',
      firstStep: true,
      retryAfterSeconds: 30,
    })
  })
})
