import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type AnsweredError, servedPaths } from '@pull-secret/wire'
import express, { type Request, type Response } from 'express'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AnswerCall, ServedRoute } from './call.ts'
import type { Exchanges, Matched } from './exchange.ts'
import { unmatched } from './unmatched.ts'

export interface ExpressAppDeps {
  readonly routes: ReadonlyArray<ServedRoute>
  readonly exchanges: Exchanges
  readonly isClusterId: (text: string) => boolean
}

const plainPath = /^[\w./~-]{1,256}$/

const pathOf = (url: string): string => url.split('?', 1)[0] ?? ''

const refusing =
  (error: AnsweredError): AnswerCall =>
  () =>
    TE.left(error)

const badPath: AnsweredError = {
  code: 'MISMATCHED',
  mismatches: [{ field: '', rule: 'format', message: 'the path must be percent-encoded UTF-8' }],
}

const badHost: AnsweredError = {
  code: 'MISMATCHED',
  mismatches: [{ field: 'host', rule: 'invalid', message: 'the request must have at most one header Host' }],
}

/** Proxies differ about which of two hosts counts (RFC 9112, 3.2). */
const hasTwoHosts = ({ rawHeaders }: IncomingMessage): boolean =>
  rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length > 1

const isBadPath = (error: unknown): boolean => (error as { readonly status?: unknown } | undefined)?.status === 400

const throwing =
  (error: unknown): AnswerCall =>
  () =>
  async () => {
    throw error
  }

const answerWithoutRoute = (error: unknown): AnswerCall => {
  if (error === undefined || error === null) return refusing({ code: 'NO_SUCH_ROUTE' })
  return isBadPath(error) ? refusing(badPath) : throwing(error)
}

const byTemplate = (
  routes: ReadonlyArray<ServedRoute>,
): ReadonlyArray<readonly [string, ReadonlyArray<ServedRoute>]> => {
  const templates = [...new Set(routes.map(({ operation }) => operation.path))]
  return templates.map((template) => [template, routes.filter(({ operation }) => operation.path === template)])
}

const methodsOf = (routes: ReadonlyArray<ServedRoute>): ReadonlyArray<string> =>
  routes.flatMap(({ operation: { method } }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).sort()

/** Express finds the route; everything else is done by functions from a request to an answer. */
export const makeExpressApp = ({ routes, exchanges, isClusterId }: ExpressAppDeps): RequestListener => {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', false)
  app.enable('case sensitive routing')
  app.enable('strict routing')

  const matched = (
    template: string,
    url: string,
    parameters: Readonly<Record<string, string>>,
    answer: AnswerCall,
  ): Matched => {
    const { cluster_id: id } = parameters
    const clusterId = id !== undefined && isClusterId(id) ? id : undefined
    const isHarmless = clusterId !== undefined || !template.includes('{')
    const path = pathOf(url)
    return { template, instance: isHarmless && plainPath.test(path) ? path : template, parameters, clusterId, answer }
  }

  const serving =
    (template: string, answer: AnswerCall) =>
    (request: Request, response: Response): void =>
      exchanges.answer(
        request,
        response,
        matched(template, request.url, request.params as Record<string, string>, answer),
      )

  for (const [template, routesOfPath] of byTemplate(routes)) {
    const paths = servedPaths({ path: template }).map((path) => path.replaceAll(/\{(\w+)\}/g, ':$1'))
    const route = app.route(paths)
    for (const { operation, answer } of routesOfPath) {
      route[operation.method.toLowerCase() as 'get' | 'post' | 'delete'](serving(template, answer))
    }
    route.all(serving(template, refusing({ code: 'METHOD_NOT_ALLOWED', allowed: methodsOf(routesOfPath) })))
  }

  const answerUnmatched = (request: IncomingMessage, response: ServerResponse, answer: AnswerCall): void => {
    const path = pathOf(request.url ?? '')
    const instance = plainPath.test(path) ? path : '/'
    exchanges.answer(request, response, { template: unmatched, instance, parameters: {}, answer })
  }

  return (request, response) => {
    if (hasTwoHosts(request)) answerUnmatched(request, response, refusing(badHost))
    else
      app(request as Request, response as Response, (error?: unknown) => {
        answerUnmatched(request, response, answerWithoutRoute(error))
      })
  }
}
