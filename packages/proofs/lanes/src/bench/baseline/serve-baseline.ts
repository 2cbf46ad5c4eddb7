import { createDecipheriv, createSecretKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import express from 'express'
import pg from 'pg'

interface Row {
  readonly id: string
  readonly registry_id: string
  readonly username: string
  readonly token: string
  readonly cluster_id: string
  readonly incarnation: number
  readonly sealed_fingerprint_key: string
  readonly published_at: Date
  readonly expires_at: Date | null
  readonly refresh_after: Date | null
}

const select = {
  name: 'pull-secret',
  text: `select r.id, r.registry_id, r.username, r.token, r.expires_at, r.refresh_after,
      c.id as cluster_id, c.incarnation, c.sealed_fingerprint_key, c.published_at
    from clusters c join registry_credentials r on r.cluster_id = c.id and r.state = 'active'
    where c.id = $1 order by r.registry_id`,
}

/** What the two registries serve, aliases included. */
const hosts: Readonly<Record<string, ReadonlyArray<string>>> = {
  quay: ['quay.io', 'cloud.openshift.com'],
  rhit: ['registry.redhat.io', 'registry.connect.redhat.com'],
}

const environment = (name: string): string => process.env[name] ?? ''
const keyRing = JSON.parse(readFileSync(environment('KEY_RING_FILE'), 'utf8')) as {
  readonly keys: ReadonlyArray<{ readonly id: string; readonly key: string }>
}
const keys = new Map(keyRing.keys.map(({ id, key }) => [id, createSecretKey(Buffer.from(key, 'base64'))]))

const open = (sealed: string, associatedData: string): string => {
  const [, keyId = '', encoded = ''] = sealed.split('.')
  const bytes = Buffer.from(encoded, 'base64url')
  const key = keys.get(keyId)
  if (key === undefined) throw new Error('a token is sealed with an unknown key')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(associatedData))
  decipher.setAuthTag(bytes.subarray(-16))
  return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8')
}

const authsOf = (rows: ReadonlyArray<Row>): Readonly<Record<string, { readonly auth: string }>> =>
  Object.fromEntries(
    rows.flatMap((row) => {
      const auth = Buffer.from(`${row.username}:${open(row.token, `${row.id}|${row.registry_id}`)}`).toString('base64')
      return (hosts[row.registry_id] ?? []).map((host) => [host, { auth }] as const)
    }),
  )

const bodyOf = (rows: ReadonlyArray<Row>, first: Row): object => {
  const auths = authsOf(rows)
  const text = JSON.stringify({ auths })
  return {
    cluster_id: first.cluster_id,
    pull_secret: { auths },
    dockerconfigjson: text,
    dockerconfigjson_base64: Buffer.from(text).toString('base64'),
    fingerprint_key: open(first.sealed_fingerprint_key, `${first.cluster_id}|fingerprint-key`),
    created_at: first.published_at,
    expires_at: first.expires_at,
    refresh_after: first.refresh_after,
    incarnation: first.incarnation,
  }
}

const pool = new pg.Pool({ connectionString: readFileSync(environment('DATABASE_URL_FILE'), 'utf8'), max: 10, min: 5 })

const answer: express.RequestHandler<{ readonly cluster_id: string }> = async (request, response) => {
  const { rows } = await pool.query<Row>({ ...select, values: [request.params.cluster_id] })
  const [first] = rows
  if (first === undefined) response.status(404).end()
  else response.json(bodyOf(rows, first))
}

/**
 * A pull secret with nothing around it: Express, one prepared select on a pool of the service's size, the same
 * AES-GCM and JSON. It does not batch: each request has a statement of its own. It asks for no token, checks no input,
 * and keeps no log, metric or fingerprint.
 */
const app = express()
app.get('/ready', async (_request, response) => {
  await pool.query('select 1')
  response.end()
})
app.get('/v1/clusters/:cluster_id/pull-secrets', answer)
app.post('/v1/clusters/:cluster_id/pull-secrets', express.json(), answer)
app.listen(Number(environment('PORT')), '127.0.0.1')
