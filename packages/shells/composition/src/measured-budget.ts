import type { BudgetTerms, CallBudget, Clock, Meter } from '@pull-secret/domain'
import * as E from 'fp-ts/lib/Either.js'

export interface MeasuredBudgetDeps {
  readonly registryId: string
  readonly terms: BudgetTerms
  readonly clock: Pick<Clock, 'monotonic' | 'alarm'>
  readonly meter: Meter
}

const minuteSeconds = 60
const refreshMilliseconds = 10_000

/** The same turns, with how long each was waited for, and which part of the budget this process used in a minute. */
export const measuredBudget = (
  budget: CallBudget,
  { registryId, terms, clock, meter }: MeasuredBudgetDeps,
): CallBudget => {
  const usedBySecond = new Map<number, number>()
  let isRefreshing = false
  const second = (): number => Math.floor(clock.monotonic() / 1000)

  const show = (): void => {
    const first = second() - minuteSeconds
    for (const one of usedBySecond.keys()) if (one <= first) usedBySecond.delete(one)
    const used = [...usedBySecond.values()].reduce((sum, count) => sum + count, 0)
    meter.set('registry_budget_used_ratio', used / (terms.perMinute * terms.share), { registry: registryId })()
  }

  /** Shows the end of the minute as well, when nobody takes a turn any more. */
  const refresh = async (): Promise<void> => {
    isRefreshing = true
    while (usedBySecond.size > 0) {
      await clock.alarm(refreshMilliseconds)()
      show()
    }
    isRefreshing = false
  }

  return {
    turn: (priority, deadline) => async () => {
      const askedAt = clock.monotonic()
      const turn = await budget.turn(priority, deadline)()
      meter.observe('registry_budget_wait_seconds', (clock.monotonic() - askedAt) / 1000, {
        registry: registryId,
        priority,
        outcome: E.isRight(turn) ? 'granted' : 'refused',
      })()
      if (E.isRight(turn)) {
        usedBySecond.set(second(), (usedBySecond.get(second()) ?? 0) + 1)
        show()
        if (!isRefreshing) void refresh()
      }
      return turn
    },
  }
}
