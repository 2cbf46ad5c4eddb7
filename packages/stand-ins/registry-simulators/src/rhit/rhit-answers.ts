import { jsonAnswer, type SimulatedAnswer } from '../http/answer.ts'

/** The vendor's error bodies are not public; this shape is ours, the text of the 404 is the vendor's. */
const refusal = (status: number, message: string): SimulatedAnswer => jsonAnswer(status, { status, message })

export const badRequest = (message: string): SimulatedAnswer => refusal(400, message)

export const forbidden = (): SimulatedAnswer => refusal(403, 'Forbidden')

export const accountMissing = (): SimulatedAnswer => refusal(404, 'Service Account not found')

export const nameTaken = (): SimulatedAnswer => refusal(409, 'Service Account already exists')

export const unrouted = (why: 'unknown' | 'otherMethod'): SimulatedAnswer =>
  why === 'unknown' ? refusal(404, 'Not Found') : refusal(405, 'Method Not Allowed')
