import type { CallTerms, Clock, NotSentOutcome, RegistryClient, Validation } from '@pull-secret/domain'
import type { Task } from 'fp-ts/lib/Task.js'
import { afterCall, afterRevocationPassed, type Circuit, closedCircuit, passage, retryAfterSeconds } from './circuit.ts'
import type { CallOutcome } from './registry-health.ts'

export interface BreakingClientDeps {
  readonly clock: Pick<Clock, 'monotonic'>
  /** Told when the circuit opens and when it closes. */
  readonly onChange: (isOpen: boolean) => void
}

interface Call {
  readonly terms: CallTerms
  readonly isRevocation?: boolean
}

/**
 * The same client, which sends nothing for a while to a vendor that fails again and again. After that the check of the
 * access, one cheap read, shows for everybody who waits whether the vendor is back. That check is never held back
 * itself, and once a minute neither is a revocation, so that no check that fails for a reason of its own stands in the
 * way of revoking.
 */
export const breakingClient = (client: RegistryClient, { clock, onChange }: BreakingClientDeps): RegistryClient => {
  let circuit: Circuit = closedCircuit
  let probe: Promise<unknown> | undefined

  const become = (next: Circuit): void => {
    const [wasOpen, isOpen] = [circuit.open !== undefined, next.open !== undefined]
    circuit = next
    if (wasOpen !== isOpen) onChange(isOpen)
  }

  const noted = async <A extends CallOutcome>(call: Task<A>): Promise<A> => {
    const outcome = await call()
    become(afterCall(circuit, outcome, clock.monotonic()))
    return outcome
  }

  const checkAccess: RegistryClient['checkAccess'] = (terms) => () => noted(client.checkAccess(terms))

  const mayGoOn = async ({ terms, isRevocation = false }: Call): Promise<boolean> => {
    const way = passage(circuit, isRevocation, clock.monotonic())
    if (way === 'pass') become(isRevocation ? afterRevocationPassed(circuit, clock.monotonic()) : circuit)
    if (way !== 'probe') return way === 'pass'
    // Whoever else waits for the answer may be the most urgent.
    probe ??= checkAccess({ ...terms, priority: 'urgent_revocation' })().finally(() => {
      probe = undefined
    })
    await probe
    return circuit.open === undefined
  }

  const guarded =
    <A extends CallOutcome, S>(call: Call, run: Task<A>, stopped: (retryAfter: number) => S): Task<A | S> =>
    async () =>
      (await mayGoOn(call)) ? noted(run) : stopped(retryAfterSeconds(circuit, clock.monotonic()))

  /** Logins may go to another host: what they meet says nothing of the one that is asked for everything else. */
  const guardedLogin =
    (call: Call, run: Task<Validation>): Task<Validation> =>
    async () =>
      (await mayGoOn(call)) ? run() : { kind: 'indeterminate', problem: 'circuit_open' }

  const notSent = (retryAfter: number): NotSentOutcome => ({
    kind: 'not_sent',
    problem: 'circuit_open',
    retryAfterSeconds: retryAfter,
  })

  const { listCredentials } = client
  return {
    ...client,
    createCredential: (request) => guarded(request, client.createCredential(request), notSent),
    getCredential: (request) => guarded(request, client.getCredential(request), notSent),
    deleteCredential: (request) =>
      guarded({ ...request, isRevocation: true }, client.deleteCredential(request), notSent),
    validateCredential: (request) => guardedLogin(request, client.validateCredential(request)),
    listCredentials:
      listCredentials === undefined ? undefined : (terms) => guarded({ terms }, listCredentials(terms), notSent),
    checkAccess,
  }
}
