import type { DocumentOptions } from '@pull-secret/openapi'
import { type DescriptionOperationId, descriptionOperations, operations } from '@pull-secret/wire'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { ServedRoute } from './call.ts'
import { conditionalAnswer } from './etag.ts'

const once = <A>(make: () => Promise<A>): T.Task<A> => {
  let made: Promise<A> | undefined
  return () => (made ??= make())
}

/**
 * The description of the API, which stays the same as long as the process runs. Loading what writes it and writing it
 * takes up to half a second, which a start does not have: the first request for it waits.
 */
export const descriptionRoutes = (options: DocumentOptions): ReadonlyArray<ServedRoute> => {
  const written = once(async () => {
    const { buildDocument, ...write } = await import('@pull-secret/openapi')
    return { ...write, document: buildDocument(operations, options) }
  })
  const texts: Readonly<Record<DescriptionOperationId, T.Task<string>>> = {
    describeApi: once(async () => {
      const { document, documentAsJson } = await written()
      return documentAsJson(document)
    }),
    describeApiAsYaml: once(async () => {
      const { document, documentAsYaml } = await written()
      return documentAsYaml(document)
    }),
  }
  const types: Readonly<Record<DescriptionOperationId, string>> = {
    describeApi: 'application/json; charset=utf-8',
    describeApiAsYaml: descriptionOperations.describeApiAsYaml.mediaType,
  }
  return (Object.keys(descriptionOperations) as ReadonlyArray<DescriptionOperationId>).map((id) => ({
    operation: descriptionOperations[id],
    answer: ({ headers }) =>
      TE.fromTask(
        pipe(
          texts[id],
          T.map((body) =>
            conditionalAnswer(
              { status: 200, headers: { 'Content-Type': types[id], 'Cache-Control': 'no-cache' }, body },
              headers['if-none-match'],
            ),
          ),
        ),
      ),
  }))
}
