import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { context, trace } from '@opentelemetry/api'
import { secretText } from '@pull-secret/domain'
import { makeCertificateAuthority } from '@pull-secret/registry-simulators'
import { startTraceReceiver, type TraceReceiver } from '@pull-secret/registry-simulators/traces'
import { expect } from 'chai'
import { request } from 'undici'
import { type LostSpans, openTracer, type Tracer, type TracerOptions } from './index.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const spanId = 'b7ad6b7169203331'

describe('a tracer over OTLP', () => {
  let receiver: TraceReceiver
  let vendor: Server
  let vendorUrl: string
  let asked: Array<IncomingHttpHeaders>
  let lost: Array<LostSpans>
  let open: Array<Tracer>

  beforeEach(async () => {
    receiver = await startTraceReceiver()
    asked = []
    lost = []
    open = []
    vendor = createServer((received, response) => {
      asked.push(received.headers)
      if (received.url === '/lost') received.socket.destroy()
      else if (received.url === '/endless') response.writeHead(200).write('body')
      else response.writeHead(Number(received.url?.slice(1))).end('body')
    })
    await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve))
    vendorUrl = `http://127.0.0.1:${String((vendor.address() as AddressInfo).port)}`
  })
  afterEach(async () => {
    await Promise.all(open.map(({ close }) => close()))
    await receiver.close()
    vendor.closeAllConnections()
    await new Promise((resolve) => vendor.close(resolve))
  })

  const aTracer = async (change: Partial<TracerOptions> = {}): Promise<Tracer> => {
    const tracer = await openTracer({
      component: 'spec',
      version: '1.2.3',
      hostname: 'here',
      endpoint: receiver.url,
      ratio: 1,
      headers: () => ({}),
      reportLoss: (one) => void lost.push(one),
      ...change,
    })
    open.push(tracer)
    return tracer
  }
  const job = { name: 'job', kind: 'internal', origin: { traceId } } as const
  const named = (name: string) => receiver.spans().filter((span) => span.name === name)
  const ask = async (path: string): Promise<void> => {
    const { body } = await request(`${vendorUrl}${path}`)
    await body.dump()
  }

  it('puts work below the work around it, across waiting, and apart from what runs beside it', async () => {
    const { within, close } = await aTracer()
    const inner = { name: 'inner', kind: 'client' } as const
    await Promise.all(
      ['a', 'b'].map((digit) =>
        within({ ...job, origin: { traceId: digit.repeat(32) } }, async () => {
          await new Promise((resolve) => setImmediate(resolve))
          await within(inner, () => Promise.resolve())
        }),
      ),
    )
    await close()
    const jobs = new Map(named('job').map((span) => [span.traceId, span.spanId]))
    expect(jobs.size).to.equal(2)
    for (const span of named('inner')) expect(span.parentSpanId).to.equal(jobs.get(span.traceId))
    expect(named('inner')).to.have.length(2)
  })

  it('does work that nobody asked for without a span', async () => {
    const { within, close } = await aTracer()
    expect(await within({ name: 'alone', kind: 'client' }, () => Promise.resolve(7))).to.equal(7)
    await ask('/200')
    await close()
    expect([receiver.spans(), asked[0]?.['traceparent']]).to.deep.equal([[], undefined])
  })

  it('keeps the part of the traces that it is told to, and of others what their callers keep', async () => {
    const { within, close } = await aTracer({ ratio: 0 })
    const keptBy = (isSampled: boolean) =>
      within(
        { name: `kept ${String(isSampled)}`, kind: 'server', origin: { traceId, parent: { spanId, isSampled } } },
        () => ask('/200'),
      )
    await within(job, () => ask('/200'))
    await keptBy(true)
    await keptBy(false)
    await close()
    expect(receiver.spans().map(({ name }) => name)).to.have.members(['kept true', 'GET'])
    expect(asked.map(({ traceparent }) => String(traceparent).slice(-2))).to.deep.equal(['00', '01', '00'])
  })

  it('begins a server span at its caller alone', async () => {
    const { within, close } = await aTracer()
    const origin = { traceId: 'c'.repeat(32), parent: { spanId, isSampled: true } }
    await within(job, () => within({ name: 'request', kind: 'server', origin }, () => Promise.resolve()))
    await close()
    expect(named('request').map((span) => [span.traceId, span.parentSpanId])).to.deep.equal([[origin.traceId, spanId]])
  })

  it('makes a span of each request by undici, and hands the trace on with it', async () => {
    const { within, close } = await aTracer()
    await within(job, async () => {
      await ask('/200')
      await ask('/404')
      await ask('/503')
      await ask('/lost').catch(() => undefined)
    })
    await close()
    const [parent] = named('job')
    const calls = named('GET')
    expect(calls.map((span) => span.parentSpanId)).to.deep.equal(calls.map(() => parent?.spanId))
    const own = calls.map((span) => `00-${traceId}-${span.spanId}-01`)
    expect(asked.map(({ traceparent }) => traceparent)).to.deep.equal(own)
    expect(calls[0]?.attributes).to.deep.equal({
      'http.request.method': 'GET',
      'url.scheme': 'http',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(vendorUrl).port),
      'http.response.status_code': 200,
    })
    expect(calls.map(({ attributes, isError }) => [isError, attributes['error.type']])).to.deep.equal([
      [false, undefined],
      [false, undefined],
      [true, '503'],
      [true, 'UND_ERR_SOCKET'],
    ])
  })

  it('ends the span of a request whose answer nobody reads to its end', async () => {
    const { within, close } = await aTracer()
    await within(job, async () => {
      const { body } = await request(`${vendorUrl}/endless`)
      const failed = once(body, 'error')
      body.destroy()
      await failed
    })
    await close()
    const [call] = named('GET')
    expect(call?.attributes).to.include({ 'http.response.status_code': 200, 'error.type': 'UND_ERR_ABORTED' })
  })

  it('follows no request any more once it is closed', async () => {
    const { within, close } = await aTracer()
    await within(job, async () => {
      await close()
      await ask('/200')
    })
    expect(asked[0]?.['traceparent']).to.equal(undefined)
  })

  it('passes on what work rejects with, and says of it a code alone', async () => {
    const { within, close } = await aTracer()
    const thrown = Object.assign(new Error('canary'), { code: '40001' })
    const rejected = await within(job, () => Promise.reject(thrown)).catch((error: unknown) => error)
    await close()
    expect(rejected).to.equal(thrown)
    expect(named('job').map(({ attributes, isError }) => [attributes['error.type'], isError])).to.deep.equal([
      ['40001', true],
    ])
    expect(receiver.received()).not.to.include('canary')
  })

  it('shows the receiver the headers of the moment, and who is speaking', async () => {
    const { within, close } = await aTracer({ headers: () => ({ Authorization: secretText('Bearer canary') }) })
    await within(job, () => Promise.resolve())
    await close()
    expect(receiver.headers()['authorization']).to.equal('Bearer canary')
    for (const text of ['"service.name","value":{"stringValue":"spec"}', '"stringValue":"1.2.3"'])
      expect(receiver.received()).to.include(text)
    expect(receiver.received()).not.to.include('canary')
  })

  it('tells what it could not send, and rejects nothing', async () => {
    const { within, close } = await aTracer()
    receiver.answerWith(401)
    await within(job, () => ask('/200'))
    await close()
    expect(lost).to.deep.equal([{ spans: 2, reason: '401' }])
  })

  it('sends nothing to a receiver that nobody vouches for, whatever the environment says', async () => {
    const authority = await makeCertificateAuthority('nobody', { now: new Date(), lifetimeDays: 1 })
    const impostor = await startTraceReceiver(await authority.issueServer())
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    const { within, close } = await aTracer({ endpoint: impostor.url })
    await within(job, () => Promise.resolve())
    await close()
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    await impostor.close()
    expect([impostor.received(), lost]).to.deep.equal(['', [{ spans: 1, reason: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }]])
  })

  it('ends though its receiver does not answer', async () => {
    const { within, close } = await aTracer()
    receiver.answerWith(undefined)
    await within(job, () => Promise.resolve())
    await close()
    expect(receiver.spans()).to.deep.equal([])
  })

  it('registers nothing for the whole process', async () => {
    const { within } = await aTracer()
    await within(job, () => {
      expect(trace.getSpan(context.active())).to.equal(undefined)
      return Promise.resolve()
    })
  })
})
