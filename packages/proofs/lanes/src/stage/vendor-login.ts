import { type IncomingMessage, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

export interface Login {
  readonly username: string
  readonly token: string
}

interface Exchange {
  readonly url: string
  readonly authority: string
  readonly authorization?: string
}

const exchange = ({ url, authority, authorization }: Exchange): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const options = { agent: false, headers: authorization === undefined ? {} : { authorization } }
    const request = url.startsWith('https:')
      ? httpsRequest(url, { ...options, ca: authority })
      : httpRequest(url, options)
    request.once('error', reject)
    request.once('response', (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer))
    })
    request.end()
  })

const realmOf = (challenge: string | undefined): string => {
  const [, realm] = /realm="([^"]+)"/.exec(challenge ?? '') ?? []
  if (realm === undefined) throw new Error('the registry does not say where it hands out tokens')
  return realm
}

/** Logs in as a container client does: asks the registry where, and there for a token. True when it is let in. */
export const isAcceptedBy = async (
  registryUrl: string,
  authority: string,
  { username, token }: Login,
): Promise<boolean> => {
  const ping = await exchange({ url: `${registryUrl}/v2/`, authority })
  const authorization = `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`
  const { statusCode } = await exchange({ url: realmOf(ping.headers['www-authenticate']), authority, authorization })
  if (statusCode === 200) return true
  if (statusCode === 401) return false
  throw new Error(`the registry answered a login with ${String(statusCode)}`)
}
