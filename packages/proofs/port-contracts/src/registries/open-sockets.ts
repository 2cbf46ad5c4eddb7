import { setImmediate } from 'node:timers/promises'

/** Sockets of this process, the accepted ends of a simulator's connections among them. */
export const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((kind) => /^(TCPSocket|TLS|Pipe)Wrap$/.test(kind)).length

/** A closed socket is gone only after its other end has heard of it, which takes some turns of the event loop. */
const turns = 2000

/** How many more sockets than before stay open. */
export const socketsAbove = async (before: number): Promise<number> => {
  for (let turn = 0; turn < turns && openSockets() > before; turn += 1) await setImmediate()
  return Math.max(0, openSockets() - before)
}
