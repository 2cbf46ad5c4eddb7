import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChildProgram } from './child-program.ts'
import { findProgram } from './installed-program.ts'

export const clientProgram = 'skopeo'

/** How one copy ended, and what the client said. */
export interface CopyResult {
  readonly isCopied: boolean
  readonly said: string
}

export interface CopyRequest {
  readonly from: string
  readonly to: string
  /** The exact bytes of the Docker auth config that the client reads. */
  readonly authFile: string
}

/**
 * Copies an image with a real client, which knows no credentials but those it is given; it writes below `folder`
 * only.
 */
export const makeCopyImage =
  (folder: string) =>
  async ({ from, to, authFile }: CopyRequest): Promise<CopyResult> => {
    mkdirSync(folder, { recursive: true })
    const home = mkdtempSync(join(folder, 'client-'))
    const file = join(home, 'auth.json')
    writeFileSync(file, authFile, { mode: 0o600 })
    const lines: Array<string> = []
    const child = await startChildProgram({
      program: findProgram(clientProgram) ?? clientProgram,
      args: [
        '--insecure-policy',
        '--tmpdir',
        home,
        'copy',
        '--authfile',
        file,
        '--src-tls-verify=false',
        '--dest-tls-verify=false',
        from,
        to,
      ],
      env: { HOME: home, XDG_RUNTIME_DIR: home, PATH: process.env['PATH'] ?? '' },
      onLine: (line) => lines.push(line),
    })
    return { isCopied: (await child.ended()) === 0, said: lines.join('\n') }
  }
