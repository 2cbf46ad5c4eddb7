import { emptyAnswer, jsonAnswer, type SimulatedAnswer } from '../http/answer.ts'
import { readJsonObject } from '../http/json-body.ts'
import type { ReceivedRequest } from '../http/received-request.ts'
import type { Route } from '../http/route.ts'
import { accountMissing, badRequest, forbidden, nameTaken } from './rhit-answers.ts'
import { type RhitState, type ServiceAccount, serviceAccountView } from './service-account.ts'

export interface ServiceAccountRouteDeps {
  partnerCode: string
  basePath: string
  accounts: RhitState
  /** Makes the accounts durable; called before the answer to anything that changed them. */
  save: () => void
  newPassword: (name: string) => string
}

const namePattern = /^[a-z0-9][a-z0-9-]*$/
const maximumNameLength = 49

const isName = (name: unknown): name is string =>
  typeof name === 'string' && name.length <= maximumNameLength && namePattern.test(name)

/** Service accounts of one partner. The caller's certificate names the partner. */
export const serviceAccountRoutes = (deps: ServiceAccountRouteDeps): ReadonlyArray<Route> => {
  const { partnerCode, basePath, accounts, save, newPassword } = deps
  const collection = `${basePath}/partners/:partner/service-accounts`
  const single = `${collection}/:name`

  const guard =
    (act: Route['act']): Route['act'] =>
    (request, values) =>
      request.clientName === partnerCode && values['partner'] === partnerCode ? act(request, values) : forbidden()

  const withAccount = (act: (account: ServiceAccount, request: ReceivedRequest) => SimulatedAnswer): Route['act'] =>
    guard((request, { name = '' }) => {
      const account = accounts.get(name)
      return account === undefined || account.deletedAt !== null ? accountMissing() : act(account, request)
    })

  const shown = (account: ServiceAccount): SimulatedAnswer => jsonAnswer(200, serviceAccountView(partnerCode, account))

  const createServiceAccount = guard(({ body, clientName = '' }) => {
    const fields = readJsonObject(body)
    if (typeof fields === 'string') return badRequest('a JSON object is wanted')
    const { name, description = '' } = fields
    if (!isName(name)) return badRequest('name is invalid')
    if (typeof description !== 'string') return badRequest('description is invalid')
    if (accounts.has(name)) return nameTaken()
    const now = new Date().toISOString()
    const account = {
      name,
      description,
      password: newPassword(name),
      createdAt: now,
      createdBy: clientName,
      lastUpdatedBy: clientName,
      tokenCreatedAt: now,
      deletedAt: null,
    }
    accounts.set(name, account)
    save()
    return shown(account)
  })

  const updateServiceAccount = withAccount((account, { body, clientName = '' }) => {
    const fields = readJsonObject(body)
    if (typeof fields === 'string') return badRequest('a JSON object is wanted')
    const { description = account.description, regenerateToken = false } = fields
    if (typeof description !== 'string') return badRequest('description is invalid')
    if (typeof regenerateToken !== 'boolean') return badRequest('regenerateToken is invalid')
    account.description = description
    account.lastUpdatedBy = clientName
    if (regenerateToken) {
      account.password = newPassword(account.name)
      account.tokenCreatedAt = new Date().toISOString()
    }
    save()
    return shown(account)
  })

  const deleteServiceAccount = withAccount((account) => {
    account.deletedAt = new Date().toISOString()
    save()
    return emptyAnswer(204)
  })

  return [
    { operation: 'createServiceAccount', method: 'POST', path: collection, act: createServiceAccount },
    { operation: 'getServiceAccount', method: 'GET', path: single, act: withAccount(shown) },
    { operation: 'updateServiceAccount', method: 'POST', path: single, act: updateServiceAccount },
    { operation: 'deleteServiceAccount', method: 'DELETE', path: single, act: deleteServiceAccount },
  ]
}
