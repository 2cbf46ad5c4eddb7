import type { AuditRecord } from '@pull-secret/domain'

/** A recorded change in the words of the transition tables: `C5 intended -> revoking`. */
export const transitionOf = ({ metadata }: AuditRecord): string =>
  `${String(metadata['rule'])} ${String(metadata['from'])} -> ${String(metadata['to'])}`
