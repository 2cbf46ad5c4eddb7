import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'

/** Node's own TLS server ends a connection without a word where OpenSSL's verification sends an alert. */
const program = `
import socket, ssl, sys
certificate, key, authority, version = sys.argv[1:]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
context.load_verify_locations(authority)
context.verify_mode = ssl.CERT_REQUIRED
context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    try:
        with context.wrap_socket(connection, server_side=True) as secured:
            secured.recv(65536)
            secured.sendall(b"HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\nconnection: close\\r\\n\\r\\nhi")
    except (ssl.SSLError, OSError):
        connection.close()
`

export interface VerifyingServer {
  readonly url: string
  readonly close: () => Promise<void>
}

export interface VerifyingServerOptions {
  readonly path: (name: string) => string
  readonly certificate: string
  readonly key: string
  readonly clientAuthority: string
  readonly version: 'TLSv1_2' | 'TLSv1_3'
}

export const hasPython = (): boolean => spawnSync('python3', ['-c', 'import ssl']).status === 0

/** A server whose TLS library verifies client certificates and says by an alert why it refuses one. */
export const startVerifyingServer = async ({
  path,
  certificate,
  key,
  clientAuthority,
  version,
}: VerifyingServerOptions): Promise<VerifyingServer> => {
  const files = { 'verifying.pem': certificate, 'verifying.key': key, 'verifying-ca.pem': clientAuthority }
  for (const [name, text] of Object.entries(files)) writeFileSync(path(name), text)
  const child: ChildProcess = spawn('python3', ['-c', program, ...Object.keys(files).map(path), version], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout === null) throw new Error('the server has no output')
  const [port] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  return {
    url: `https://127.0.0.1:${port.trim()}`,
    close: async () => {
      child.kill('SIGKILL')
      await once(child, 'close')
    },
  }
}
