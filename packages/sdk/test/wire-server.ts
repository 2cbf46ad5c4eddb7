import { decode } from '@pull-secret/decoding'
import type { UseCases } from '@pull-secret/composition/embedded'
import {
  generateBody, problemOf, toDeletingBody, toGeneratedBody, toRetrievedBody, toVerificationAnswer, verificationBody, type AnsweredError,
} from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { startScriptedServer, type ReceivedCall, type ScriptedServer } from './scripted-server.ts'

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

const cause = { subject: 'caller', reason: 'manual', traceId: 'trace' }

const decoded = <A>(codec: Parameters<typeof decode<A>>[0], text: string): TE.TaskEither<AnsweredError, A> =>
  TE.fromEither(pipe(decode(codec, JSON.parse(text === '' ? 'null' : text)), E.mapLeft((mismatches): AnsweredError => ({ code: 'MISMATCHED', mismatches }))))

const operations = (useCases: UseCases, clusterId: string, { body, headers }: ReceivedCall, url: URL): Readonly<Record<string, TE.TaskEither<AnsweredError, Answer>>> => ({
  'POST /pull-secrets': pipe(
    decoded(generateBody, body),
    TE.flatMap((asked) => useCases.generate({
      clusterId, externalId: asked.cluster_external_id, cloudProvider: asked.cloud_provider, region: asked.region, registries: asked.registries, recreate: asked.recreate, cause,
    })),
    TE.map((served) => ({ status: 200, body: toGeneratedBody(served) })),
  ),
  'GET /pull-secrets': pipe(
    useCases.retrieve(clusterId),
    TE.map((served) => {
      const etag = `W/"${served.fingerprint}"`
      return headers['if-none-match'] === etag ? { status: 304 } : { status: 200, headers: { etag }, body: toRetrievedBody(served, url.searchParams.has('include_metadata')) }
    }),
  ),
  'DELETE /pull-secrets': pipe(
    useCases.remove({ clusterId, incarnation: url.searchParams.has('incarnation') ? Number(url.searchParams.get('incarnation')) : undefined, cause }),
    TE.map((deletion) => (deletion.kind === 'deleted' ? { status: 204 } : { status: 202, body: toDeletingBody(deletion.registries) })),
  ),
  'POST /pull-secrets/verification': pipe(
    decoded(verificationBody, body),
    TE.flatMap(({ fingerprint: whole, hosts }) => useCases.verify(clusterId, { whole, hosts })),
    TE.map((verification) => ({ status: 200, body: toVerificationAnswer(verification) })),
  ),
})

const problemAnswer = (error: AnsweredError): Answer => problemOf(error, { instance: '/', traceId: 'trace', now: Date.now(), baseUrl: 'https://docs.example.com/' })

const answerOf = async (useCases: UseCases, call: ReceivedCall): Promise<Answer> => {
  const url = new URL(call.path, 'http://service')
  const [, clusterId = '', operation = ''] = /^\/v1\/clusters\/([^/]+)(\/.*)$/.exec(url.pathname) ?? []
  const task = operations(useCases, decodeURIComponent(clusterId), call, url)[`${call.method} ${operation}`] ?? TE.left<AnsweredError>({ code: 'NO_SUCH_ROUTE' })
  const result = await task()
  return E.isLeft(result) ? problemAnswer(result.left) : result.right
}

/** Use cases behind HTTP, in the service's own words: routes, bodies and problems of the wire. */
export const startWireServer = (useCases: UseCases): Promise<ScriptedServer> =>
  startScriptedServer((call, response) => {
    void answerOf(useCases, call).then(({ status, headers, body }) =>
      response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(body === undefined ? undefined : JSON.stringify(body)))
  })
