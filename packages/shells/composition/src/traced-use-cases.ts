import type { UseCases } from '@pull-secret/application'
import type { Cause } from '@pull-secret/domain'
import type { SpanEnd, Tracer } from '@pull-secret/telemetry'
import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** What a use case works on, and why. */
interface About {
  readonly clusterId?: string
  readonly registryId?: string
  readonly cause?: Pick<Cause, 'traceId'>
}

/**
 * The same use cases, with a span around each but those of the start. Where nobody's request is under way, one that
 * knows its cause begins the trace that the audit names. A failure that it answers is a code in its span; whether that
 * is an error is known to who asked.
 */
export const tracedUseCases =
  ({ within }: Tracer) =>
  (useCases: UseCases): UseCases => {
    const spanned =
      <A>(name: string, about: About, work: Task<A>, endOf?: (answer: A) => SpanEnd): Task<A> =>
      () =>
        within(
          {
            name: `pull-secret-service.${name}`,
            kind: 'internal',
            attributes: { 'hyperfleet.cluster_id': about.clusterId, 'hyperfleet.registry': about.registryId },
            origin: about.cause,
          },
          work,
          endOf,
        )
    const answered = <L extends { readonly code: string }, A>(
      name: string,
      about: About,
      work: TaskEither<L, A>,
    ): TaskEither<L, A> =>
      spanned(name, about, work, (answer) =>
        E.isLeft(answer) ? { attributes: { 'hyperfleet.error_code': answer.left.code } } : {},
      )
    const {
      generate,
      retrieve,
      verify,
      remove,
      ban,
      unban,
      readBan,
      recover,
      list,
      checkRegistries,
      adoptSharedObject,
      start,
      inspectStart,
    } = useCases
    return {
      generate: (command) => answered('generate', command, generate(command)),
      retrieve: (clusterId) => answered('retrieve', { clusterId }, retrieve(clusterId)),
      verify: (clusterId, held) => answered('verify', { clusterId }, verify(clusterId, held)),
      remove: (command) => answered('delete', command, remove(command)),
      ban: (command) => answered('ban', command, ban(command)),
      unban: (clusterId, cause) => answered('unban', { clusterId, cause }, unban(clusterId, cause)),
      readBan: (clusterId) => answered('read-ban', { clusterId }, readBan(clusterId)),
      recover: (cause, goesOn) => answered('recover', { cause }, recover(cause, goesOn)),
      list: {
        clusters: (filter, page) => answered('list-clusters', {}, list.clusters(filter, page)),
        cluster: (clusterId) => answered('show-cluster', { clusterId }, list.cluster(clusterId)),
        troubled: (page) => answered('list-troubled', {}, list.troubled(page)),
        audit: (filter, page) => answered('list-audit', {}, list.audit(filter, page)),
        replicas: answered('list-replicas', {}, list.replicas),
      },
      checkRegistries: (options) => spanned('check-registries', {}, checkRegistries(options)),
      adoptSharedObject: (registryId) => answered('adopt-shared-object', { registryId }, adoptSharedObject(registryId)),
      start,
      inspectStart,
    }
  }
