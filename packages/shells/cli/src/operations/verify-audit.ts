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

const unreadable = (message: string, { mayPass }: { readonly mayPass: boolean }): CommandFailure => ({
  code: 'AUDIT_UNREADABLE',
  exit: mayPass ? 'unavailable' : 'usage',
  message: `the audit cannot be read\n  ${message}\n`,
  hint: 'check that the database user may read credential_audit_log and audit_chains, then retry',
})

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
    if (E.isRight(verified)) return verified
    const { fault } = verified.left
    return E.left(unreadable(fault?.message ?? 'the database is unavailable', { mayPass: fault?.isLasting !== true }))
  } catch (error) {
    const { message, mayPass = false } = opened.right.faultOf(error)
    return E.left(unreadable(message, { mayPass }))
  } finally {
    await opened.right.close()
  }
}
