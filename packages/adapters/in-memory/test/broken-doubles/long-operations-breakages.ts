import { secretText } from '@pull-secret/domain'
import type { InMemoryRegistrySubject as Subject } from '../in-memory-subjects.ts'
import { clientWith, longRunning, quay } from './registry-doubles.ts'
import type { Breakage } from './turns-red.ts'

const mustFail = 'calls nothing created that is not there yet, and can withdraw it once it is'

export const longOperationsBreakages: ReadonlyArray<Breakage<Subject>> = [
  {
    name: 'calls created what is accepted',
    over: longRunning,
    mustFail,
    break: clientWith(({ createCredential }) => ({
      createCredential: (request) => async () => {
        const outcome = await createCredential(request)()
        return outcome.kind === 'unknown'
          ? { kind: 'created', username: request.vendorName, token: secretText('soon') }
          : outcome
      },
    })),
  },
  {
    name: 'forgets what takes effect later',
    over: longRunning,
    mustFail,
    break: clientWith(({ deleteCredential, createCredential }) => {
      const givenUp = new Set<string>()
      return {
        createCredential: (request) => async () => {
          const outcome = await createCredential(request)()
          if (outcome.kind === 'unknown') givenUp.add(request.vendorName)
          return outcome
        },
        deleteCredential: (request) => async () =>
          givenUp.has(request.vendorName) ? { kind: 'absent', evidence: 'listing' } : deleteCredential(request)(),
      }
    }),
  },
  {
    name: 'answers before its object is there',
    over: quay,
    mustFail,
    break: clientWith(({ createCredential }, { vendor }) => ({
      createCredential: (request) => async () => {
        const outcome = await createCredential(request)()
        const made = [...vendor.credentials]
        vendor.credentials.clear()
        setImmediate(() => {
          made.forEach(([id, credential]) => vendor.credentials.set(id, credential))
        })
        return outcome
      },
    })),
  },
]
