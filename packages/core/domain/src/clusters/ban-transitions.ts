import type { AuditAction } from '../audit/audit-record.ts'
import type { BanState } from './ban.ts'

export type BanRule = 'B1' | 'B2'

export interface BanTransitionRow {
  readonly from: ReadonlyArray<BanState | 'none'>
  readonly to: BanState
  readonly action: AuditAction
  readonly meaning: string
}

/** Every legal change of a ban's state, and no other. */
// prettier-ignore
export const banTransitions: Readonly<Record<BanRule, BanTransitionRow>> = {
  B1: { from: ['none', 'lifted'], to: 'standing', action: 'ban', meaning: 'banned; every row moves to revoking in the same transaction' },
  B2: { from: ['standing'], to: 'lifted', action: 'unban', meaning: 'lifted; nothing resumes by itself' },
}

export const isLegalBanTransition = (rule: BanRule, from: BanState | 'none', to: BanState): boolean =>
  banTransitions[rule].from.includes(from) && banTransitions[rule].to === to
