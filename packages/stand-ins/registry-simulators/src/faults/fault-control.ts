import type { Fault, FaultRule } from './fault.ts'
import type { Holds } from './holds.ts'
import { makeSeededRandom } from './seeded-random.ts'

/**
 * Decides which call goes wrong and how. Rules are asked in the order they were added; the first that strikes counts.
 */
export interface FaultControl {
  /**
   * @throws RangeError for an operation this simulator does not have, so that a misspelt rule cannot pass unnoticed.
   */
  add: (rule: FaultRule) => void
  /** Removes every rule; what already waits goes on waiting. */
  clear: () => void
  /** Lets everything that waits go on, and resolves after each of them took effect. Returns how many. */
  release: () => Promise<number>
  /** How many requests wait. */
  held: () => number
  /** Resolves as soon as at least this many requests wait. */
  untilHeld: (count: number) => Promise<void>
}

export type FaultSource = FaultControl & {
  draw: (operation: string, path: string) => Fault | undefined
}

export const makeFaultControl = ({
  operations,
  seed,
  holds,
}: {
  operations: ReadonlyArray<string>
  seed: number
  holds: Holds
}): FaultSource => {
  const random = makeSeededRandom(seed)
  let rules: Array<{ rule: FaultRule; left: number }> = []

  const strikes = ({ rule, left }: { rule: FaultRule; left: number }, operation: string, path: string): boolean =>
    left > 0 &&
    (rule.operation === '*' || rule.operation === operation) &&
    (rule.pathIncludes === undefined || path.includes(rule.pathIncludes)) &&
    (rule.probability === undefined || random() < rule.probability)

  return {
    add: (rule) => {
      if (rule.operation !== '*' && !operations.includes(rule.operation))
        throw new RangeError(`no operation ${rule.operation}; there are: ${operations.join(', ')}`)
      rules.push({ rule, left: rule.times ?? (rule.probability === undefined ? 1 : Infinity) })
    },
    clear: () => {
      rules = []
    },
    release: () => holds.release(),
    held: () => holds.count(),
    untilHeld: (count) => holds.untilCount(count),
    draw: (operation, path) => {
      const striking = rules.find((entry) => strikes(entry, operation, path))
      if (striking === undefined) return undefined
      striking.left -= 1
      rules = rules.filter(({ left }) => left > 0)
      return striking.rule.fault
    },
  }
}
