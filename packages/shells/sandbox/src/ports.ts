import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { errorCodeOf } from './error-code-of.ts'
import { keptText } from './kept-text.ts'
import { replaceFile } from './replace-file.ts'
import { SandboxError } from './sandbox-error.ts'

/** The ports of the simulators, and one for a registry that somebody may start beside the sandbox. */
const simulated = ['quay', 'rhit', 'rhitRegistry'] as const
const uses = [...simulated, 'distribution'] as const

/** Ports of the registries. They are part of what the ledger knows of a credential, and so they stay as they are. */
export type RegistryPorts = Readonly<Record<(typeof uses)[number], number>>

/** Below the ports that Linux gives to outgoing connections, so that none of those takes a port meanwhile. */
const minimumPort = 20_000
const maximumPort = 32_000

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program: stop that program',
  EACCES: 'cannot be used: this user lacks the permission to open it; start as one who has it',
}

/** Why nobody can listen there: a part of a sentence. Undefined where one can. */
const problemOfPort = async (port: number): Promise<string | undefined> => {
  const probe = createServer()
  probe.listen(port, '127.0.0.1')
  try {
    await once(probe, 'listening')
  } catch (error) {
    const code = errorCodeOf(error) ?? 'unknown reason'
    return reasons[code] ?? `cannot be used (${code})`
  }
  probe.close()
  await once(probe, 'close')
  return undefined
}

/** @throws SandboxError when nobody can listen on the port that the option names; 0 is any free one. */
export const demandFreePort = async (port: number, option: string): Promise<void> => {
  const problem = port === 0 ? undefined : await problemOfPort(port)
  if (problem === undefined) return
  throw new SandboxError(
    `Port ${String(port)} on 127.0.0.1 ${problem}, or choose another port with npm start -- --${option} PORT.`,
  )
}

const findFreePort = async (taken: ReadonlyArray<number>): Promise<number> => {
  for (;;) {
    const port = randomInt(minimumPort, maximumPort)
    if (!taken.includes(port) && (await problemOfPort(port)) === undefined) return port
  }
}

const choosePorts = async (): Promise<RegistryPorts> => {
  const chosen: Array<number> = []
  while (chosen.length < uses.length) chosen.push(await findFreePort(chosen))
  return Object.fromEntries(uses.map((use, index) => [use, chosen[index]])) as RegistryPorts
}

const isPorts = (value: unknown): value is RegistryPorts =>
  typeof value === 'object' &&
  value !== null &&
  uses.every((use) => Number.isInteger((value as Record<string, unknown>)[use]))

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const readKept = (file: string): RegistryPorts | undefined => {
  const text = keptText(file)
  if (text === undefined) return undefined
  const kept = parse(text)
  if (!isPorts(kept)) throw new SandboxError(`${file} is damaged: reset the sandbox with npm start -- --reset.`)
  return kept
}

/**
 * The ports kept in the file, or free ones that are kept from now on.
 *
 * @throws SandboxError when a simulator's port is in use.
 */
export const keptPorts = async (file: string): Promise<RegistryPorts> => {
  const kept = readKept(file)
  if (kept === undefined) {
    const ports = await choosePorts()
    replaceFile(file, `${JSON.stringify(ports)}\n`)
    return ports
  }
  for (const port of simulated.map((use) => kept[use])) {
    const problem = await problemOfPort(port)
    if (problem === undefined) continue
    throw new SandboxError(
      [
        `Port ${String(port)}, which this sandbox reserved for a simulator, ${problem}`,
        'or reset the sandbox with npm start -- --reset.',
      ].join(', '),
    )
  }
  return kept
}
