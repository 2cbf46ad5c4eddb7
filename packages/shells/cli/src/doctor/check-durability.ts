import type { Migrations } from '@pull-secret/composition/server'
import type { Config } from '@pull-secret/config'
import { type Check, failed, ok, warning } from './check.ts'

type Durability = Awaited<ReturnType<Migrations['durability']>>

const name = 'durability'

const weakerThanOn = new Set(['off', 'local', 'remote_write'])

/** Whether a commit that the database acknowledged outlives a crash of its machine. */
export const checkDurability = (
  { off, synchronousCommit }: Durability,
  { sandbox }: Pick<Config['deployment'], 'sandbox'>,
): Check => {
  if (off.length > 0) {
    const detail = `a crash of the database's machine damages what was committed: ${off.join(' and ')} off`
    const hint = `set ${off.join(' and ')} to on in the configuration of the server`
    return sandbox ? warning(name, detail, `${hint}; only a sandbox starts without`) : failed(name, detail, hint)
  }
  return weakerThanOn.has(synchronousCommit)
    ? ok(name, `synchronous_commit is ${synchronousCommit} there, and on in every transaction of the service`)
    : ok(name)
}
