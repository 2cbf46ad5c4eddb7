// Here and not beside a source file because it plays the whole server.
import { expect } from 'chai'
import type { RunningServer } from '../src/index.ts'
import { startService } from './a-service.ts'
import { ask } from './ask.ts'

const paths = ['/v1/docs', '/v1/docs/start.js', '/v1/docs/swagger-ui-bundle.js', '/v1/docs/swagger-ui.css']

describe('the pages for reading the API', () => {
  let server: RunningServer
  before(async () => {
    server = await startService({ docs: true })
  })
  after(() => server.stop())

  const read = (path: string, headers = {}) => ask(server.url, path, { token: null, headers })

  it('are served to everybody, with all that they load', async () => {
    const answers = await Promise.all(paths.map((path) => read(path)))
    expect(answers.map(({ status, headers }) => [status, headers['content-type']])).to.deep.equal([
      [200, 'text/html; charset=utf-8'],
      [200, 'text/javascript; charset=utf-8'],
      [200, 'text/javascript; charset=utf-8'],
      [200, 'text/css; charset=utf-8'],
    ])
    const [page] = answers
    const loaded = [...(page?.text ?? '').matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)].map(([, link = '']) => link)
    expect(loaded.map((link) => new URL(link, `${server.url}/v1/docs`).pathname).sort()).to.deep.equal(
      paths.slice(1).sort(),
    )
    expect((await read('/api/hyperfleet/v1/docs')).text).to.equal(page?.text)
  })

  it('load nothing from elsewhere and send nothing elsewhere', async () => {
    for (const path of paths) {
      const { headers } = await read(path)
      expect(headers['content-security-policy'], path)
        .to.include("default-src 'none'; script-src 'self'; style-src 'self'")
        .and.to.include("connect-src 'self'")
        .and.to.not.match(/unsafe|https?:|\*/)
    }
  })

  it('are sent again only when they have changed', async () => {
    const { headers } = await read('/v1/docs/swagger-ui.css')
    expect((await read('/v1/docs/swagger-ui.css', { 'If-None-Match': headers.etag })).status).to.equal(304)
  })

  it('are not there unless they are asked for', async () => {
    const plain = await startService()
    for (const path of paths) expect((await ask(plain.url, path, { token: null })).status, path).to.equal(404)
    await plain.stop()
  })
})
