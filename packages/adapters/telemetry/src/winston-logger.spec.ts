import { Writable } from 'node:stream'
import { setImmediate as endOfTurn } from 'node:timers/promises'
import { type LogFields, type LogLevel, secretText } from '@pull-secret/domain'
import { expect } from 'chai'
import { makeWinstonLogger } from './index.ts'

const common = { component: 'pull-secret', version: '1.2.3', hostname: 'host-1' }

type Log = (level: LogLevel, message: string, fields?: LogFields) => void

const writesOf = async (
  format: 'json' | 'text',
  write: (log: Log) => void,
  level: LogLevel = 'debug',
): Promise<Array<string>> => {
  const written: Array<string> = []
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written.push(chunk.toString())
      done()
    },
  })
  const logger = makeWinstonLogger({ ...common, level, format, stream })
  write((entryLevel, message, fields) => {
    logger.log(entryLevel, message, fields)()
  })
  await endOfTurn()
  return written
}

const linesOf = async (...asked: Parameters<typeof writesOf>): Promise<Array<string>> =>
  (await writesOf(...asked))
    .join('')
    .split('\n')
    .filter((line) => line !== '')

const entryOf = async (message: string, fields?: LogFields): Promise<Record<string, unknown>> => {
  const [line] = await linesOf('json', (log) => log('info', message, fields))
  return JSON.parse(line ?? '{}') as Record<string, unknown>
}

describe('the logger', () => {
  it('writes one JSON object a line, the common fields first', async () => {
    const entry = await entryOf('a message', { registry: 'quay', attempt: 3, final: false, problem: undefined })
    const { timestamp, ...rest } = entry
    expect(Object.keys(entry).slice(0, 6)).to.deep.equal([
      'timestamp',
      'level',
      'message',
      'component',
      'version',
      'hostname',
    ])
    expect(timestamp).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(rest).to.deep.equal({
      level: 'info',
      message: 'a message',
      ...common,
      registry: 'quay',
      attempt: 3,
      final: false,
    })
  })

  it('shows no control, direction or hidden character of a foreign text, in either format', async () => {
    const hostile = ['\u001b[2J', '\u0085', '\u009b31m', '\u202e', '\u200b', '\u2028', '\ufeff', '\u{e0041}', '\u007f']
    const write = (log: Log): void => {
      for (const text of hostile) log('info', `message ${text}`, { user_agent: text })
    }
    for (const format of ['json', 'text'] as const) {
      const lines = await linesOf(format, write)
      expect(lines).to.have.length(hostile.length)
      for (const line of lines) expect(line).not.to.match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }
    const [first] = await linesOf('json', write)
    expect(JSON.parse(first ?? '')).to.include({ user_agent: '\u001b[2J' })
  })

  it('writes nothing below its level', async () => {
    const lines = await linesOf(
      'json',
      (log) => (['debug', 'info', 'warn', 'error'] as const).forEach((level) => log(level, level)),
      'warn',
    )
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).to.deep.equal(['warn', 'error'])
  })

  it('lets no given field replace a common one', async () => {
    expect(await entryOf('a message', { message: 'x', level: 'error', component: 'x', timestamp: 'x' })).to.include({
      message: 'a message',
      level: 'info',
      component: 'pull-secret',
    })
  })

  it('hides every field that is named like a secret', async () => {
    const names = [
      'password',
      'secret',
      'token',
      'api_key',
      'access_token',
      'refresh_token',
      'client_secret',
      'auth',
      'auths',
      'pull_secret',
      '.dockerconfigjson',
      'registryPassword',
      'Authorization',
      'Cookie',
      'X-API-Key',
      'X-Auth-Token',
      'X-Forwarded-Authorization',
      'X-HyperFleet-Identity',
    ]
    const entry = await entryOf('a message', Object.fromEntries(names.map((name) => [name, 'canary'])))
    for (const name of names) expect(entry[name], name).to.equal('***REDACTED***')
  })

  it('shows fields whose names only come near', async () => {
    const near = { key_id: '2026-11', token_count: 3, author: 'x', secret_name: 'x' }
    expect(await entryOf('a message', near)).to.include(near)
  })

  it('hides secrets and everything that is no plain value, whatever it is called', async () => {
    const foreign = { value: secretText('canary'), other: { token: 'canary' }, big: 3n } as unknown as LogFields
    expect(await entryOf('a message', foreign)).to.include({
      value: '***REDACTED***',
      other: '***REDACTED***',
      big: '***REDACTED***',
    })
  })

  it('keeps a message under a kilobyte and a line under 64', async () => {
    const entry = await entryOf('é'.repeat(100_000), { problem: 'x'.repeat(100_000) })
    expect(Buffer.byteLength(String(entry['message']))).to.be.within(1000, 1023)
    expect(entry['message']).to.match(/^é+…$/)
    expect(Buffer.byteLength(JSON.stringify(entry))).to.be.below(64 * 1024)
  })

  it('writes a line for people', async () => {
    const [line] = await linesOf('text', (log) =>
      log('warn', 'a "message"', { registry: 'quay', problem: 'two words', token: 'canary' }),
    )
    expect(line)
      .to.match(/^\S+Z WARN \[/)
      .and.to.match(/Z WARN \[pull-secret\] \[1\.2\.3\] \[host-1\] a "message" registry=quay problem=/)
      .and.to.match(/"message" registry=quay problem="two words" token=\*\*\*REDACTED\*\*\*$/)
  })

  it('keeps one entry on one line, whatever a value holds', async () => {
    for (const format of ['json', 'text'] as const) {
      expect(
        await linesOf(format, (log) => log('info', 'first\nsecond', { value: 'third\r\nfourth level=error' })),
        format,
      ).to.have.length(1)
    }
  })

  it('writes together what one turn of the event loop logs', async () => {
    const writes = await writesOf('json', (log) =>
      (['one', 'two', 'three'] as const).forEach((message) => log('info', message)),
    )
    expect(writes.map((text) => text.split('\n').length - 1)).to.deep.equal([3])
  })
})
