import type { Audit } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandFailure } from '../failures/command-failure.ts'
import { failureOfStart } from '../failures/start-failure.ts'
import { openAuditOf } from './open-composition.ts'
import type { CommandAnswer } from './operations.ts'

/** What `Audit` answers; the packages of the core are not the command's to import. */
export type AuditVerification = Extract<
  Awaited<ReturnType<ReturnType<Audit['verify']>>>,
  { readonly _tag: 'Right' }
>['right']

const unreadable: CommandFailure = {
  code: 'AUDIT_UNREADABLE',
  exit: 'unavailable',
  message: 'the audit cannot be read',
  hint: 'check the database with pull-secret doctor, and that its user may read credential_audit_log and audit_chains',
}

/** Recomputes the audit in the configured database. Changes nothing. */
export const verifyAudit = async (
  config: Config['database'],
  onProgress: (soFar: AuditVerification) => void,
): CommandAnswer<AuditVerification> => {
  const opened = await openAuditOf(config)
  if (E.isLeft(opened)) return E.left(failureOfStart(opened.left))
  try {
    const verified = await opened.right.verify((soFar) => () => {
      onProgress(soFar)
    })()
    return E.isLeft(verified) ? E.left(unreadable) : verified
  } catch {
    return E.left(unreadable)
  } finally {
    await opened.right.close()
  }
}
