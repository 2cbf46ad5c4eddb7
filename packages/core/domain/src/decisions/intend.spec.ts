import { expect } from 'chai'
import type { Credential, Registry } from '../index.ts'
import { aCause, aCluster, aClusterLedger, aCredential, aRegistry, now, rulesOf } from '../testing/index.ts'
import { intend } from './intend.ts'

const hour = 3_600_000

/** What becomes of one entry while `quay` and `tokens` are configured so. */
const intended = (row: Partial<Credential>, registries: ReadonlyArray<Registry>) => {
  const entry = aCredential({ state: 'active', lease: undefined, nextAttemptAt: undefined, ...row })
  const cluster = aCluster({ publishedAt: now, wantsAllRegistries: true })
  const { transitions, taken } = intend(aClusterLedger(cluster, entry), { registries, draws: {} }, aCause(), now)
  return { rules: rulesOf(transitions), after: transitions[0]?.after as Credential | undefined, taken }
}

describe('what a cluster has at a registry that makes no more', () => {
  const disabled = [aRegistry('quay', { enabled: false }), aRegistry('rhit')]

  it('stays as it is, as long as it does not end', () => {
    for (const row of [{}, { expiresAt: now + hour }, { state: 'ready', expiresAt: now + hour } as const])
      expect(intended(row, disabled)).to.deep.include({ rules: [], taken: [] })
  })

  it('is revoked once it can be handed out no more', () => {
    expect(intended({ expiresAt: now + 1 }, disabled).rules).to.deep.equal(['C11'])
    expect(intended({ state: 'ready', expiresAt: now - hour }, disabled).rules).to.deep.equal(['C8'])
  })

  it('is revoked as its own registry can: what ends by itself ends at the latest after its longest life', () => {
    const minting = aRegistry('quay', {
      enabled: false,
      capabilities: { recoveryClass: 'stateless', revocable: false, maximumLifetimeSeconds: 7200 },
    })
    const row = { expiresAt: now + 1, settlesAt: now } as const
    for (const registries of [
      [minting, aRegistry('rhit')],
      [aRegistry('rhit'), minting],
    ])
      expect(intended(row, registries).after?.expiresAt).to.equal(now + 2 * hour)
    expect(intended(row, [aRegistry('rhit')]).after?.expiresAt).to.equal(now + 1)
  })
})
