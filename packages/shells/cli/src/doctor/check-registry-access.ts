import type { RegistriesBody } from '@pull-secret/wire'
import { type Check, failed, ok, skipped } from './check.ts'
import { hintForProblem } from './registry-hints.ts'

/** One check for each registry. Nothing depends on a disabled one. */
export const checkRegistryAccess = ({ registries }: RegistriesBody): ReadonlyArray<Check> =>
  registries.map(({ registry_id: id, enabled, access }) => {
    const name = `registry ${id}`
    if (!enabled) return skipped(name, 'disabled')
    if (access === undefined) return skipped(name, 'not asked')
    const problem = access.problem ?? 'not_supported'
    return access.status === 'working'
      ? ok(name, 'lets the service in')
      : failed(name, problem, hintForProblem(problem))
  })
