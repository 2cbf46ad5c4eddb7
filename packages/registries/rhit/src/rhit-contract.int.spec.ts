import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { secretText } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { makeInMemoryClock, makeSilentLogger } from '@pull-secret/in-memory'
import { registryClientSuite } from '@pull-secret/port-contracts'
import { everyTurn } from '@pull-secret/registry-http/testing'
import {
  type CertificateAuthority,
  type Identity,
  makeCertificateAuthority,
  startRhitSimulator,
} from '@pull-secret/registry-simulators'
import { rhitControlNames } from './rhit-account-name.ts'
import { rhitRegistry } from './rhit-registry.ts'

describe('the RHIT client', () => {
  let authority: CertificateAuthority
  let server: Identity
  let partner: Identity
  let otherPartner: Identity

  before(async () => {
    authority = await makeCertificateAuthority('Specs', { now: new Date(), lifetimeDays: 1 })
    server = await authority.issueServer()
    partner = await authority.issueClient('hyperfleet')
    otherPartner = await authority.issueClient('another-partner')
  })

  registryClientSuite(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'registry-rhit-'))
    const path = (name: string): string => join(directory, name)
    const install = ({ certificate, key }: Identity): void => {
      writeFileSync(path('client.pem'), certificate)
      writeFileSync(path('client.key'), key)
    }
    install(partner)
    writeFileSync(path('ca.pem'), authority.identity.certificate)
    const simulator = await startRhitSimulator({
      partnerCode: 'hyperfleet',
      ...server,
      clientAuthority: authority.identity.certificate,
    })
    const clock = { ...makeInMemoryClock(), sleep: () => () => Promise.resolve() }
    const { client, close } = rhitRegistry.open(
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
        deploymentId: 'contract',
        clock,
        logger: makeSilentLogger(),
        callSeconds: 5,
        turns: everyTurn,
        caFile: path('ca.pem'),
      },
    )
    const deadline = (): number => clock.monotonic() + 60_000
    const controls = rhitControlNames('contract')
    return {
      client,
      deadline,
      passedDeadline: () => clock.monotonic() - 1,
      accepts: async (username, token) =>
        (await client.validateCredential({ username, token: secretText(token), terms: until(deadline()) })()).kind ===
        'valid',
      objects: () =>
        Promise.resolve(
          simulator
            .serviceAccounts()
            .filter(({ name, deletedAt }) => deletedAt === null && !controls.includes(name))
            .map(({ name }) => name),
        ),
      addForeign: async (name) => void simulator.addForeignServiceAccount({ name, description: 'somebody else' }),
      loseNextAnswer: async (of) =>
        simulator.faults.add({
          operation: of === 'create' ? 'createServiceAccount' : 'deleteServiceAccount',
          fault: { kind: 'resetAfter' },
        }),
      chooseNextToken: async (token) => simulator.chooseNextPassword(token),
      forgetAdministrator: async () => install(otherPartner),
      longOperations: undefined,
      truncateNextListing: undefined,
      closeClient: close,
      close: async () => {
        await simulator.close()
        rmSync(directory, { recursive: true })
      },
    }
  })
})
