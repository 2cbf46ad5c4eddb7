import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { secretText } from '@pull-secret/domain'
import { makeInMemoryClock, makeSilentLogger } from '@pull-secret/in-memory'
import { registryClientSuite } from '@pull-secret/port-contracts'
import { everyTurn } from '@pull-secret/registry-http/testing'
import { administratorToken, startParcelSimulator } from '../test/parcel-simulator.ts'
import { parcelRegistry } from './parcel-registry.ts'

describe('the parcel client', () => {
  registryClientSuite(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'registry-parcel-'))
    const tokenFile = join(folder, 'token')
    writeFileSync(tokenFile, administratorToken)
    const simulator = await startParcelSimulator()
    const clock = { ...makeInMemoryClock(), sleep: () => () => Promise.resolve() }
    const { client, close } = parcelRegistry.open(
      { baseUrl: simulator.url, tokenFile },
      {
        registryId: 'parcel',
        deploymentId: 'contract',
        clock,
        logger: makeSilentLogger(),
        callSeconds: 5,
        turns: everyTurn,
      },
    )
    const deadline = (): number => clock.monotonic() + 60_000
    return {
      client,
      deadline,
      passedDeadline: () => clock.monotonic() - 1,
      accepts: async (username, token) => {
        const validation = await client.validateCredential({
          username,
          token: secretText(token),
          terms: { deadline: deadline(), priority: 'interactive' },
        })()
        return validation.kind === 'valid'
      },
      objects: () => Promise.resolve(simulator.names()),
      addForeign: async (name) => simulator.addForeign(name),
      loseNextAnswer: async (of) => simulator.loseNextAnswer(of === 'create' ? 'POST' : 'DELETE'),
      chooseNextToken: async (token) => simulator.chooseNextSecret(token),
      forgetAdministrator: async () => simulator.forgetAdministrator(),
      longOperations: undefined,
      truncateNextListing: async () => simulator.truncateNextListing(),
      closeClient: close,
      close: async () => {
        await simulator.close()
        rmSync(folder, { recursive: true })
      },
    }
  })
})
