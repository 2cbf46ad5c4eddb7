import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { ServedRoute } from './call.ts'
import { conditionalAnswer } from './etag.ts'

/** Nothing from elsewhere is loaded, and nothing is sent elsewhere: whoever tries the API here types a token. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>HyperFleet Pull Secret Service API</title>
    <link rel="stylesheet" href="docs/swagger-ui.css">
    <link rel="icon" href="data:,">
  </head>
  <body>
    <div id="docs"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script type="module" src="docs/start.js"></script>
  </body>
</html>
`

/** Requests go to where the page came from, whatever gateway is in front. */
const start = `const description = await (await fetch('openapi.json')).json()
const url = location.origin + location.pathname.replace(/\\/v1\\/docs$/, '')
SwaggerUIBundle({
  dom_id: '#docs',
  spec: { ...description, servers: [{ url, description: 'The server of this page' }] },
  deepLinking: true,
  validatorUrl: null,
})
`

const ofSwaggerUi = (specifier: string): string => readFileSync(fileURLToPath(specifier), 'utf8')

const route = (path: string, mediaType: string, body: string): ServedRoute => ({
  operation: { method: 'GET', path },
  answer: ({ headers }) =>
    TE.fromIO(() =>
      conditionalAnswer(
        {
          status: 200,
          headers: {
            'Content-Type': `${mediaType}; charset=utf-8`,
            'Cache-Control': 'no-cache',
            'Content-Security-Policy': contentSecurityPolicy,
            'Referrer-Policy': 'no-referrer',
          },
          body,
        },
        headers['if-none-match'],
      ),
    ),
})

/** Swagger UI with the description of this API. Its files are read when this is called. */
export const docsRoutes = (): ReadonlyArray<ServedRoute> => [
  route('/v1/docs', 'text/html', page),
  route('/v1/docs/start.js', 'text/javascript', start),
  route(
    '/v1/docs/swagger-ui-bundle.js',
    'text/javascript',
    ofSwaggerUi(import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js')),
  ),
  route('/v1/docs/swagger-ui.css', 'text/css', ofSwaggerUi(import.meta.resolve('swagger-ui-dist/swagger-ui.css'))),
]
