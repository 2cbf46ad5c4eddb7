import type { RegistriesBody } from '@pull-secret/wire'
import { type Check, failed, ok, skipped } from './check.ts'
import { hintForProblem } from './registry-hints.ts'

/** One check for each registry. A disabled one is skipped: nothing depends on it. */
export const checkRegistryAccess = ({ registries }: RegistriesBody): ReadonlyArray<Check> =>
  registries.map(({ registry_id: id, enabled, access }) => {
    const name = `registry ${id}`
    if (!enabled) return skipped(name, 'disabled')
    if (access === undefined) return skipped(name, 'not checked')
    const problem = access.problem ?? 'not_supported'
    return access.status === 'working'
      ? ok(name, 'access works')
      : failed(name, access.detail ?? problem, hintForProblem(problem))
  })
