import { decodeFaultRule } from '../faults/decode-fault-rule.ts'
import type { FaultControl } from '../faults/fault-control.ts'
import { emptyAnswer, jsonAnswer, type SimulatedAnswer } from '../http/answer.ts'
import { readJsonObject } from '../http/json-body.ts'
import type { OperationCounts } from '../http/operation-counts.ts'
import type { ReceivedRequest } from '../http/received-request.ts'

export const controlPrefix = '__simulator'

export interface ControlDeps {
  faults: FaultControl
  counts: OperationCounts
  /** Without any secret. */
  describeState: () => unknown
  /** Absent where the vendor has no administrator token. */
  setAdministratorToken?: (token: string, state: string) => boolean
}

type ControlCall = (body: Record<string, unknown>) => SimulatedAnswer | Promise<SimulatedAnswer>

const wrong = (message: string): SimulatedAnswer => jsonAnswer(400, { message })

const changeFaults =
  (faults: FaultControl): ControlCall =>
  async (body) => {
    if (body['action'] === 'clear') {
      faults.clear()
      return emptyAnswer(204)
    }
    if (body['action'] === 'release') return jsonAnswer(200, { released: await faults.release() })
    const decoded = decodeFaultRule(body)
    if ('wrongField' in decoded) return wrong(`wrong field: ${decoded.wrongField}`)
    try {
      faults.add(decoded.rule)
      return emptyAnswer(204)
    } catch (error) {
      if (error instanceof RangeError) return wrong(error.message)
      throw error
    }
  }

/** The simulator's own calls, for tests in other processes: faults, state, counts, administrator tokens. */
export const makeSimulatorControl = ({ faults, counts, describeState, setAdministratorToken }: ControlDeps) => {
  const calls: Record<string, ControlCall> = {
    'POST faults': changeFaults(faults),
    'GET state': () => jsonAnswer(200, describeState()),
    'GET stats': () => jsonAnswer(200, { operations: counts.read(), held: faults.held() }),
    ...(setAdministratorToken === undefined
      ? {}
      : {
          'POST administrator-token': ({ token, state }: Record<string, unknown>) =>
            typeof token === 'string' && typeof state === 'string' && setAdministratorToken(token, state)
              ? emptyAnswer(204)
              : wrong('wants token and state: valid, expired or powerless'),
        }),
  }
  return async (request: ReceivedRequest): Promise<SimulatedAnswer> => {
    const call = calls[`${request.method} ${request.segments.slice(1).join('/')}`]
    if (call === undefined) return jsonAnswer(404, { message: 'no such call' })
    const body = readJsonObject(request.body)
    if (body === 'malformed') return wrong('not a JSON object')
    return call(body === 'absent' ? {} : body)
  }
}
