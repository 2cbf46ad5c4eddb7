import {
  changedKey,
  type DeploymentRegister,
  displacedRegistry,
  factsOf,
  type Failure,
  type KeyCheck,
  type Registries,
} from '@pull-secret/domain'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

export type StartFailure = Failure<
  'DEPLOYMENT_MISMATCH' | 'KEY_CHANGED' | 'SCOPE_CHANGED' | 'REGISTRY_MISSING' | 'LEDGER_UNAVAILABLE'
>

/**
 * What must hold before the service answers anybody: the ledger is this deployment's, its keys are those that
 * sealed its tokens, and every registry with live credentials is where it was.
 */
export type Start = TE.TaskEither<StartFailure, void>

export interface StartDeps {
  readonly register: DeploymentRegister
  readonly registries: Registries
  readonly deploymentId: string
  /** Of the keys that seal tokens; none where nothing has to be read again. */
  readonly keyChecks: ReadonlyArray<KeyCheck>
}

const sameRegistries = ({ register, registries }: StartDeps): TE.TaskEither<StartFailure, void> =>
  pipe(
    register.scopesInUse,
    TE.flatMap((scopes): TE.TaskEither<StartFailure, void> => {
      const displaced = displacedRegistry(scopes, registries.all.map(factsOf))
      return displaced === undefined ? TE.right(undefined) : TE.left(displaced)
    }),
  )

const sameOwner = ({ register, deploymentId }: StartDeps): TE.TaskEither<StartFailure, void> =>
  pipe(
    register.owner,
    TE.flatMap((stored): TE.TaskEither<StartFailure, void> =>
      stored === undefined || stored === deploymentId
        ? TE.right(undefined)
        : TE.left({ code: 'DEPLOYMENT_MISMATCH', stored, configured: deploymentId }),
    ),
  )

const sameKeys = ({ register, keyChecks }: StartDeps): TE.TaskEither<StartFailure, void> =>
  pipe(
    register.keys,
    TE.flatMap((known): TE.TaskEither<StartFailure, void> => {
      const changed = changedKey(known, keyChecks)
      return changed === undefined ? TE.right(undefined) : TE.left(changed)
    }),
  )

/** The same questions without leaving anything behind: for whoever only looks. */
export const makeInspectStart = (deps: StartDeps): Start =>
  pipe(
    sameOwner(deps),
    TE.flatMap(() => sameKeys(deps)),
    TE.flatMap(() => sameRegistries(deps)),
  )

export const makeStart = (deps: StartDeps): Start =>
  pipe(
    deps.register.agreeOn(deps.deploymentId),
    TE.flatMap((): TE.TaskEither<StartFailure, void> => deps.register.agreeOnKeys(deps.keyChecks)),
    TE.flatMap(() => deps.register.agreeOnRegistries(deps.registries.all.map(factsOf))),
  )
