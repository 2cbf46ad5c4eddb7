import { createSecureContext } from 'node:tls'
import { Agent } from 'undici'
import { ConnectionFault } from './cluster-connection.ts'

const connectMilliseconds = 1000
const idleMilliseconds = 30_000

const openAgent = (authority: string): Agent => {
  if (!/-----BEGIN CERTIFICATE-----/.test(authority))
    throw new ConnectionFault('the CA bundle of the API server holds no certificate')
  try {
    createSecureContext({ ca: authority })
  } catch {
    throw new ConnectionFault('the CA bundle of the API server cannot be read as PEM')
  }
  return new Agent({
    connect: { ca: authority, rejectUnauthorized: true, minVersion: 'TLSv1.2', timeout: connectMilliseconds },
    keepAliveTimeout: idleMilliseconds,
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}

/** One agent with open connections, replaced when the CA bundle changes; requests under way end on the old one. */
export const makeChangingAgent = () => {
  let current: { readonly authority: string; readonly agent: Agent } | undefined
  const closing = new Set<Promise<void>>()

  const drain = (agent: Agent): void => {
    const closed: Promise<void> = agent.close().finally(() => closing.delete(closed))
    closing.add(closed)
  }

  return {
    trusting: (authority: string): Agent => {
      if (current?.authority === authority) return current.agent
      const agent = openAgent(authority)
      if (current !== undefined) drain(current.agent)
      current = { authority, agent }
      return agent
    },
    close: async (): Promise<void> => {
      if (current !== undefined) drain(current.agent)
      current = undefined
      await Promise.all(closing)
    },
  }
}
