import { buildDocument, documentAsJson, documentAsYaml, type DocumentOptions } from '@pull-secret/openapi'
import { type DescriptionOperationId, descriptionOperations, operations } from '@pull-secret/wire'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { ServedRoute } from './call.ts'
import { conditionalAnswer } from './etag.ts'

/** Writing YAML takes 0.1 s, which a start does not have. */
const onceAsked = (write: () => string): (() => string) => {
  let text: string | undefined
  return () => (text ??= write())
}

/**
 * The description of the API, which stays the same as long as the process runs.
 * @throws Error for an operation that cannot be described
 */
export const descriptionRoutes = (options: DocumentOptions): ReadonlyArray<ServedRoute> => {
  const document = buildDocument(operations, options)
  const json = documentAsJson(document)
  const texts: Readonly<Record<DescriptionOperationId, () => string>> = {
    describeApi: () => json,
    describeApiAsYaml: onceAsked(() => documentAsYaml(document)),
  }
  const types: Readonly<Record<DescriptionOperationId, string>> = {
    describeApi: 'application/json; charset=utf-8',
    describeApiAsYaml: descriptionOperations.describeApiAsYaml.mediaType,
  }
  return (Object.keys(descriptionOperations) as ReadonlyArray<DescriptionOperationId>).map((id) => ({
    operation: descriptionOperations[id],
    answer: ({ headers }) =>
      TE.fromIO(() =>
        conditionalAnswer(
          { status: 200, headers: { 'Content-Type': types[id], 'Cache-Control': 'no-cache' }, body: texts[id]() },
          headers['if-none-match'],
        ),
      ),
  }))
}
