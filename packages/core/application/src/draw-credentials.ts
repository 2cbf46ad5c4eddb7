import {
  associatedDataOf,
  type Cipher,
  type CredentialDraw,
  type Failure,
  type Ids,
  type Registries,
  type Registry,
  secretText,
} from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

export interface DrawDeps {
  readonly ids: Ids
  readonly cipher: Cipher
  readonly registries: Registries
}

export type Draws = Readonly<Record<string, CredentialDraw>>

const ownSecret = (
  { ids, cipher }: DrawDeps,
  registry: Registry,
  credentialId: string,
): E.Either<Failure<'KEY_UNAVAILABLE'>, string | undefined> =>
  registry.client.capabilities.recoveryClass === 'caller-secret'
    ? cipher.seal(secretText(ids.secret()), associatedDataOf({ id: credentialId, registryId: registry.id }))
    : E.right(undefined)

const drawFor =
  (deps: DrawDeps) =>
  (registry: Registry): E.Either<Failure<'KEY_UNAVAILABLE'>, readonly [string, CredentialDraw]> => {
    const credentialId = deps.ids.uuid()
    return pipe(
      ownSecret(deps, registry, credentialId),
      E.map((sealedToken) => [
        registry.id,
        { credentialId, attemptId: deps.ids.uuid(), entropy: deps.ids.entropy(), sealedToken },
      ]),
    )
  }

/**
 * Random material for one new row of every enabled registry, drawn outside the transaction because decisions are
 * pure.
 */
export const drawCredentials = (deps: DrawDeps): TE.TaskEither<Failure<'KEY_UNAVAILABLE'>, Draws> =>
  pipe(
    TE.fromIO<ReadonlyArray<Registry>, Failure<'KEY_UNAVAILABLE'>>(() =>
      deps.registries.all.filter((registry) => registry.enabled),
    ),
    TE.flatMap((enabled) => TE.fromEither(pipe(enabled, RA.traverse(E.Applicative)(drawFor(deps))))),
    TE.map((pairs) => Object.fromEntries(pairs)),
  )
