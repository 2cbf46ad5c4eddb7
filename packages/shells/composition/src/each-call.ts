import type { RegistryClient } from '@pull-secret/domain'
import type { Task } from 'fp-ts/lib/Task.js'
import type { CallOutcome } from './registry-health.ts'

/** Runs a call of the operation, with something around it. */
export type AroundCall = <A extends CallOutcome>(operation: string, call: Task<A>) => Task<A>

/** The same client, with something around each of its calls. */
export const withEachCall = (client: RegistryClient, around: AroundCall): RegistryClient => {
  const { listCredentials, adoptSharedObject } = client
  return {
    ...client,
    createCredential: (request) => around('create', client.createCredential(request)),
    getCredential: (request) => around('get', client.getCredential(request)),
    deleteCredential: (request) => around('delete', client.deleteCredential(request)),
    validateCredential: (request) => around('validate', client.validateCredential(request)),
    listCredentials: listCredentials === undefined ? undefined : (terms) => around('list', listCredentials(terms)),
    checkAccess: (terms) => around('check', client.checkAccess(terms)),
    adoptSharedObject:
      adoptSharedObject === undefined ? undefined : (terms) => around('adopt', adoptSharedObject(terms)),
  }
}
