import type { AuditAction } from '../audit/audit-record.ts'
import type { CredentialState } from './credential.ts'

export type CredentialRule =
  'C1' | 'C3' | 'C4' | 'C5' | 'C6' | 'C7' | 'C8' | 'C9' | 'C10' | 'C11' | 'C12' | 'C14' | 'C15' | 'C16' | 'C17'

/** What can set a transition off. */
export type Trigger =
  | 'generate'
  | 'delete'
  | 'vendor_answer'
  | 'recovery'
  | 'proof'
  | 'rotation'
  | 'pool'
  | 'drift'
  | 'ban'
  | 'restore'
  | 'retire'
  | 'expiry'
  | 'operator'

export interface TransitionRow {
  readonly from: ReadonlyArray<CredentialState | 'none'>
  readonly to: ReadonlyArray<CredentialState>
  readonly action: AuditAction
  readonly triggers: ReadonlyArray<Trigger>
  readonly meaning: string
}

/**
 * Every legal change of a credential's state, and no other. The ledger refuses what is not here, the simulation
 * measures which of it ran, and the documentation prints it. (C2 and C13 are attempts: they change no state.)
 */
// prettier-ignore
export const credentialTransitions: Readonly<Record<CredentialRule, TransitionRow>> = {
  C1: { from: ['none'], to: ['intended'], action: 'create', triggers: ['generate', 'recovery', 'rotation', 'pool', 'drift'], meaning: 'the row exists before any vendor call' },
  C3: { from: ['intended'], to: ['ready'], action: 'create', triggers: ['vendor_answer'], meaning: 'created or read back with our marker, every grant proved' },
  C4: { from: ['intended'], to: ['revoked'], action: 'revoke', triggers: ['delete', 'recovery', 'ban', 'rotation'], meaning: 'nothing was ever sent, or the only attempt was refused at its first step by a vendor that executes once' },
  C5: { from: ['intended'], to: ['revoking'], action: 'revoke', triggers: ['delete', 'vendor_answer', 'recovery', 'ban', 'rotation'], meaning: 'an object may exist and is not wanted' },
  C6: { from: ['ready'], to: ['ready'], action: 'claim', triggers: ['pool'], meaning: 'a pooled credential gets its cluster' },
  C7: { from: ['ready'], to: ['active'], action: 'create', triggers: ['generate', 'vendor_answer', 'rotation'], meaning: 'the document holds it' },
  C8: { from: ['ready'], to: ['revoking'], action: 'revoke', triggers: ['delete', 'ban', 'rotation', 'retire', 'expiry', 'pool'], meaning: 'created but never published, and not wanted' },
  C9: { from: ['active'], to: ['retiring'], action: 'switch', triggers: ['rotation', 'retire'], meaning: 'a newer one is active; this one stays valid' },
  C10: { from: ['retiring'], to: ['active'], action: 'switch', triggers: ['rotation'], meaning: 'switched back' },
  C11: { from: ['active'], to: ['revoking'], action: 'revoke', triggers: ['delete', 'ban', 'rotation', 'drift', 'expiry'], meaning: 'no longer served' },
  C12: { from: ['retiring'], to: ['revoking'], action: 'revoke', triggers: ['delete', 'ban', 'rotation', 'operator', 'expiry'], meaning: 'the dual-credential period ended' },
  C14: { from: ['revoking'], to: ['revoked'], action: 'revoke', triggers: ['proof'], meaning: 'proved absent; the token is erased' },
  C15: { from: ['revoking'], to: ['revoked'], action: 'attest', triggers: ['operator'], meaning: 'an operator attests that the vendor is gone' },
  C16: { from: ['revoked'], to: ['revoking'], action: 'reappear', triggers: ['drift'], meaning: 'an object with the row\'s marker was seen again' },
  C17: { from: ['none'], to: ['retiring', 'active'], action: 'adopt', triggers: ['restore'], meaning: 'adopted after a restore' },
}

export const isLegalTransition = (rule: CredentialRule, from: CredentialState | 'none', to: CredentialState): boolean =>
  credentialTransitions[rule].from.includes(from) && credentialTransitions[rule].to.includes(to)
