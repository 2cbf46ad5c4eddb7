import type {
  CheckRegistries,
  DeletePullSecret,
  GeneratePullSecret,
  Recover,
  RetrievePullSecret,
  Start,
  VerifyPullSecret,
} from '@pull-secret/application'

/** Everything the product does, wired. */
export interface UseCases {
  readonly generate: GeneratePullSecret
  readonly retrieve: RetrievePullSecret
  readonly verify: VerifyPullSecret
  readonly remove: DeletePullSecret
  readonly recover: Recover
  readonly checkRegistries: CheckRegistries
  readonly start: Start
  readonly inspectStart: Start
}
