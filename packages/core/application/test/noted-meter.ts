import type { Meter } from '@pull-secret/domain'

/** Keeps what it is to count. */
export const makeNotedMeter = () => {
  const counts: Array<Parameters<Meter['count']>> = []
  const meter: Meter = {
    count:
      (...count) =>
      () => {
        counts.push(count)
      },
    observe: () => () => undefined,
    set: () => () => undefined,
  }
  return { meter, counts }
}
