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

/** SQLSTATE of a right that the user lacks. */
const insufficientPrivilege = '42501'

interface AuditFault {
  readonly message: string
  readonly mayPass: boolean
  readonly code?: string
}

const unreadable = ({ message, mayPass, code }: AuditFault): CommandFailure => ({
  code: 'AUDIT_UNREADABLE',
  exit: mayPass ? 'unavailable' : 'usage',
  message: `the audit cannot be read\n  ${message}\n`,
  hint:
    code === insufficientPrivilege
      ? 'check that the database user may read credential_audit_log and audit_chains, then retry'
      : 'run pull-secret doctor to check the installation',
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
    const { code, message = 'the database is unavailable', isLasting = false } = verified.left.fault ?? {}
    return E.left(unreadable({ code, message, mayPass: !isLasting }))
  } catch (error) {
    const { message, mayPass = false } = opened.right.faultOf(error)
    return E.left(unreadable({ message, mayPass }))
  } finally {
    await opened.right.close()
  }
}
