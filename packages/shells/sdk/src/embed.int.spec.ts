import { inspect } from 'node:util'
import { inMemoryRegistry } from '@pull-secret/in-memory'
import { expect } from 'chai'
import * as T from 'fp-ts/lib/Task.js'
import { refusalOf } from '../test/refusal-of.ts'
import { embed } from './embed.ts'
import type { EmbedOptions } from './embed-options.ts'

describe('an embedded service', () => {
  it('names everything that keeps it from starting', async () => {
    const error = await refusalOf(
      embed({
        deploymentId: 'spec',
        inMemory: true,
        registries: [
          { id: 'quay', adapter: inMemoryRegistry('quay.io') },
          { id: 'quay', adapter: inMemoryRegistry('quay.io') },
        ],
      }),
    )
    expect(error).to.include({
      code: 'START_FAILED',
      retryable: false,
      message: 'two registries have the id quay; two registries serve the host quay.io',
    })
    expect(error.details['faults']).to.have.length(2)
  })

  it('says that a database is unusable without telling its password', async () => {
    const error = await refusalOf(
      embed({
        deploymentId: 'spec',
        database: { url: 'postgres://user:canary@127.0.0.1:1/none', keyRingFile: 'nowhere' },
        registries: [],
      }),
    )
    expect(error).to.include({ code: 'START_FAILED' })
    expect(inspect(error, { depth: 9, showHidden: true })).to.not.include('canary')
  })

  it('names every option that is missing or of another kind', async () => {
    const adapter = inMemoryRegistry('quay.io')
    const database = { url: 'postgres://user@127.0.0.1:1/none', keyRingFile: 'nowhere' }
    for (const [options, fields] of [
      [{}, ['deploymentId', 'database', 'registries']],
      [{ deploymentId: '', inMemory: true, registries: {} }, ['deploymentId', 'registries']],
      [{ deploymentId: 'spec', inMemory: true, registries: [{ id: 'quay' }] }, ['registries.0.adapter']],
      [{ deploymentId: 'spec', inMemory: true, registries: [null, { adapter }] }, ['registries.0', 'registries.1.id']],
      [{ deploymentId: 'spec', database: 'postgres://', registries: [] }, ['database']],
      [{ deploymentId: 'spec', database: {}, registries: [] }, ['database.url', 'database.keyRingFile']],
      [{ deploymentId: 'spec', database: { ...database, tls: null }, registries: [] }, ['database.tls']],
      [{ deploymentId: 'spec', inMemory: true, registries: [], clusterIdPatterns: '^a$' }, ['clusterIdPatterns']],
    ] as const) {
      const refusal = await refusalOf(embed(options as unknown as EmbedOptions))
      expect(refusal, JSON.stringify(options)).to.include({ code: 'START_FAILED' })
      const faults = refusal.details['faults'] as ReadonlyArray<{ readonly field: string; readonly message: string }>
      expect(faults.map(({ field }) => field)).to.deep.equal(fields)
      for (const { field, message } of faults) expect(message).to.include(field)
    }
  })

  it('keeps everything in memory only where it is told to, in so many words', async () => {
    const database = { url: 'postgres://user@127.0.0.1:1/none', keyRingFile: 'nowhere' }
    for (const storage of [
      {},
      { database: undefined },
      { inMemory: false },
      { inMemory: 'yes' },
      { inMemory: true, database },
    ]) {
      const options = { deploymentId: 'spec', registries: [], ...storage } as unknown as EmbedOptions
      const refusal = await refusalOf(embed(options))
      expect(refusal, JSON.stringify(storage)).to.include({ code: 'START_FAILED' })
      expect(refusal.details['faults']).to.deep.equal([
        { field: 'database', message: 'either inMemory: true or database must be given, and not both' },
      ])
    }
  })

  it('refuses choices that a configuration would refuse, by the names that they have here', async () => {
    const choices: ReadonlyArray<
      readonly [string, Pick<EmbedOptions, 'recoverEverySeconds' | 'clusterIdPatterns' | 'cloudProviders'>]
    > = [
      ['recoverEverySeconds', { recoverEverySeconds: -1 }],
      ['recoverEverySeconds', { recoverEverySeconds: NaN }],
      ['recoverEverySeconds', { recoverEverySeconds: 0.5 }],
      ['clusterIdPatterns', { clusterIdPatterns: [] }],
      ['cloudProviders.1', { cloudProviders: ['gcp', 'G C P'] }],
    ]
    for (const [field, choice] of choices) {
      const refusal = await refusalOf(embed({ deploymentId: 'spec', inMemory: true, registries: [], ...choice }))
      expect(refusal).to.include({ code: 'START_FAILED' })
      expect(refusal).to.have.nested.property('details.faults[0].field', field)
      expect(refusal.message.startsWith(`${field} must `), refusal.message).to.equal(true)
    }
  })

  it('matches cluster ids as a whole, whatever the flags of a pattern', async () => {
    const pullSecrets = await embed({
      deploymentId: 'spec',
      inMemory: true,
      registries: [{ id: 'quay', adapter: inMemoryRegistry('quay.io') }],
      clusterIdPatterns: [/team-[a-z]+/g],
    })
    for (const clusterId of ['team-a', 'team-a', 'team-b'])
      expect((await pullSecrets.generate(clusterId)).clusterId).to.equal(clusterId)
    expect(await refusalOf(pullSecrets.generate('my-team-a'))).to.include({ code: 'INVALID_REQUEST' })
    await pullSecrets.close()
  })

  it('finishes by itself what calls left', async () => {
    const adapter = inMemoryRegistry('harbor.example.com')
    let isDown = true
    const flaky: typeof adapter = {
      ...adapter,
      open: (config, dependencies) => {
        const { client, close } = adapter.open(config, dependencies)
        return {
          close,
          client: {
            ...client,
            createCredential: (request) =>
              isDown ? T.of({ kind: 'not_sent', problem: 'unreachable' }) : client.createCredential(request),
          },
        }
      },
    }
    const pullSecrets = await embed({
      deploymentId: 'spec',
      inMemory: true,
      recoverEverySeconds: 1,
      registries: [
        { id: 'quay', adapter: inMemoryRegistry('quay.io') },
        { id: 'harbor', adapter: flaky, required: false },
      ],
    })
    await pullSecrets.generate('cls-abc123')
    const seen: Array<ReadonlyArray<string>> = []
    for await (const { document } of pullSecrets.watch('cls-abc123', { everySeconds: 1 })) {
      seen.push(Object.keys(document.auths))
      isDown = false
      if (seen.length === 2) break
    }
    await pullSecrets.close()
    expect(seen).to.deep.equal([['quay.io'], ['harbor.example.com', 'quay.io']])
  })
})
