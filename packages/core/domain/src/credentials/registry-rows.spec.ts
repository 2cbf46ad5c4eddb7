import { expect } from 'chai'
import { aCredential } from '../testing/a-credential.ts'
import type { CredentialState } from './credential.ts'
import { presentedRow, registryRows } from './registry-rows.ts'

const rowIn = (state: CredentialState, more: { readonly registryId?: string } = {}) =>
  aCredential({ id: state, state, ...more })

describe('the rows of a registry', () => {
  const rows = (['revoking', 'retiring', 'ready', 'active', 'revoked'] as const).map((state) => rowIn(state))

  it('are told apart by what they are to the document, in whatever order they come', () => {
    for (const ordered of [rows, rows.toReversed()]) {
      const { active, unpublished, retiring } = registryRows(ordered, rowIn('active').registryId)
      expect([active?.id, unpublished?.id, retiring.map(({ id }) => id)]).to.deep.equal([
        'active',
        'ready',
        ['retiring'],
      ])
    }
  })

  it('are those of that registry alone', () => {
    expect(registryRows([...rows, rowIn('active', { registryId: 'other' })], 'another')).to.deep.equal({ retiring: [] })
  })

  it('are waited for until there is an entry', () => {
    const of = (...states: ReadonlyArray<CredentialState>) =>
      presentedRow(
        registryRows(
          states.map((state) => rowIn(state)),
          rowIn('active').registryId,
        ),
      )?.id
    expect([of(), of('revoking', 'retiring'), of('intended'), of('ready', 'active')]).to.deep.equal([
      undefined,
      undefined,
      'intended',
      'active',
    ])
  })
})
