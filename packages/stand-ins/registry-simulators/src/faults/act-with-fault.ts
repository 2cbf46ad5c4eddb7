import type { SimulatedAnswer } from '../http/answer.ts'
import { gatewayAnswer } from '../http/gateway-answer.ts'
import type { Fault } from './fault.ts'
import type { Holds } from './holds.ts'

/** One request under way: `act` makes it take effect, the rest is what the caller sees. */
export interface Exchange {
  act: () => SimulatedAnswer
  answer: (answer: SimulatedAnswer) => void
  /** Sends the head and the first byte, and the rest when `rest` resolves to true. */
  answerSlowly: (answer: SimulatedAnswer, rest: Promise<boolean>) => Promise<void>
  reset: () => void
  holds: Holds
}

type Behaviours = {
  [K in Fault['kind']]: (exchange: Exchange, fault: Extract<Fault, { kind: K }>) => Promise<void> | void
}

const behaviours: Behaviours = {
  hang: async ({ act, answer, holds }, { acts }) => {
    const early = acts === true ? act() : undefined
    if (await holds.wait()) answer(early ?? act())
  },
  resetBefore: ({ reset }) => reset(),
  resetAfter: ({ act, reset }) => {
    act()
    reset()
  },
  delay: async ({ act, answer, holds }, { delayMilliseconds }) => {
    if (await holds.wait(delayMilliseconds)) answer(act())
  },
  lateLanding: async ({ act, reset, holds }, { delayMilliseconds }) => {
    const landing = holds.wait(delayMilliseconds)
    reset()
    if (await landing) act()
  },
  status: ({ act, answer }, { acts, ...shown }) => {
    if (acts === true) act()
    answer(gatewayAnswer(shown))
  },
  executeTwice: ({ act, answer }) => {
    const first = act()
    act()
    answer(first)
  },
  emptyBody: ({ act, answer }) => {
    const { status, headers } = act()
    answer({ status, headers, body: '' })
  },
  slowBody: ({ act, answerSlowly, holds }, { delayMilliseconds }) => answerSlowly(act(), holds.wait(delayMilliseconds)),
}

/** Runs one request under the fault that struck it, or as the vendor would. */
export const actWithFault = async (exchange: Exchange, fault: Fault | undefined): Promise<void> => {
  if (fault === undefined) {
    exchange.answer(exchange.act())
    return
  }
  const behave = behaviours[fault.kind] as (exchange: Exchange, fault: Fault) => Promise<void> | void
  return behave(exchange, fault)
}
