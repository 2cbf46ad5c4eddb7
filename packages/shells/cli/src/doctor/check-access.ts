import type { OpenAccess } from '@pull-secret/composition/server'
import * as E from 'fp-ts/lib/Either.js'
import { type Check, failed, ok } from './check.ts'
import type { Opening } from './check-prepared-statements.ts'

const name = 'access'

type Report = Awaited<ReturnType<NonNullable<OpenAccess['check']>>>

const grantReviews = ({ account }: Report): string =>
  [
    'kubectl create clusterrolebinding hyperfleet-pull-secret-auth-delegator --clusterrole=system:auth-delegator',
    `--serviceaccount=${account === undefined ? 'NAMESPACE:NAME' : `${account.namespace}:${account.name}`}`,
  ].join(' ')

const remedies: Readonly<Partial<Record<string, (report: Report) => string>>> = {
  account_unknown: () => 'check the token or client certificate of this service: it is wrong or expired',
  reviews_refused: grantReviews,
}

const remedyOf = (report: Report): string =>
  remedies[report.problem?.code ?? '']?.(report) ?? 'check the API server, its address and its CA'

const checkOf = (report: Report): Check => {
  const { server, problem } = report
  return problem === undefined ? ok(name, `${server} answers reviews`) : failed(name, problem.message, remedyOf(report))
}

/** Whether the API server that decides about callers answers. Nothing is checked where no API server is asked. */
export const checkAccess = async (opening: Opening): Promise<ReadonlyArray<Check>> => {
  if (E.isLeft(opening) || opening.right.access.check === undefined) return []
  return [checkOf(await opening.right.access.check())]
}
