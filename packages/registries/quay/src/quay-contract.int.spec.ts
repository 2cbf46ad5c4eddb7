import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { secretText } from '@pull-secret/domain'
import { until } from '@pull-secret/domain/testing'
import { makeInMemoryClock, makeSilentLogger } from '@pull-secret/in-memory'
import { registryClientSuite } from '@pull-secret/port-contracts'
import { everyTurn } from '@pull-secret/registry-http/testing'
import { startQuaySimulator } from '@pull-secret/registry-simulators'
import { quayRegistry } from './quay-registry.ts'
import { quayControlName } from './quay-robot-name.ts'

describe('the Quay client', () => {
  registryClientSuite(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'registry-quay-'))
    const tokenFile = join(directory, 'token')
    writeFileSync(tokenFile, 'administrator')
    const simulator = await startQuaySimulator({ organization: 'acme', administratorTokens: ['administrator'] })
    const clock = { ...makeInMemoryClock(), sleep: () => () => Promise.resolve() }
    const { client, close } = quayRegistry.open(
      { baseUrl: simulator.url, organization: 'acme', team: 'pullers', tokenFile },
      {
        registryId: 'quay',
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
      accepts: async (username, token) =>
        (await client.validateCredential({ username, token: secretText(token), terms: until(deadline()) })()).kind ===
        'valid',
      objects: () =>
        Promise.resolve(
          simulator
            .robots()
            .map(({ shortName }) => shortName)
            .filter((name) => name !== quayControlName('contract')),
        ),
      addForeign: async (shortName) => void simulator.addForeignRobot({ shortName, description: 'somebody else' }),
      loseNextAnswer: async (of) =>
        simulator.faults.add({
          operation: of === 'create' ? 'createRobot' : 'deleteRobot',
          fault: { kind: 'resetAfter' },
        }),
      chooseNextToken: async (token) => simulator.chooseNextToken(token),
      forgetAdministrator: async () => simulator.expireAdministratorToken('administrator'),
      longOperations: undefined,
      truncateNextListing: async () => simulator.faults.add({ operation: 'listRobots', fault: { kind: 'emptyBody' } }),
      closeClient: close,
      close: async () => {
        await simulator.close()
        rmSync(directory, { recursive: true })
      },
    }
  })
})
