import { decode, type GenerateBody, generateBody } from '@pull-secret/wire'
import * as E from 'fp-ts/lib/Either.js'

/** One cluster of a list. */
export interface RolloutEntry {
  /** Counted from 1. */
  readonly line: number
  readonly clusterId: string
  readonly body: GenerateBody
}

/** Why a line is refused; names the line, the field and the rule, never the value. */
export type LineFault = string

/** The fields of a line of text, in their order. */
const textFields = ['cluster_id', 'cloud_provider', 'region']

const faultOf = (line: number, text: string): LineFault => `line ${String(line)}: ${text}`

/** What stands between commas; nothing between them is an absent field. */
const fieldsOfText = (text: string): E.Either<string, unknown> => {
  const values = text.split(',').map((value) => value.trim())
  return values.length > textFields.length
    ? E.left(`must have at most ${String(textFields.length)} fields: ${textFields.join(', ')}`)
    : E.right(
        Object.fromEntries(
          textFields.flatMap((name, place) => {
            const value = values[place] ?? ''
            return value === '' ? [] : [[name, value]]
          }),
        ),
      )
}

const fieldsOfJson = (text: string): E.Either<string, unknown> =>
  E.tryCatch(
    (): unknown => JSON.parse(text),
    () => 'must be valid JSON',
  )

const entryOf = (line: number, text: string): E.Either<ReadonlyArray<LineFault>, RolloutEntry> => {
  const fields = text.startsWith('{') ? fieldsOfJson(text) : fieldsOfText(text)
  if (E.isLeft(fields)) return E.left([faultOf(line, fields.left)])
  const body = decode(generateBody, fields.right)
  if (E.isLeft(body)) return E.left(body.left.map(({ message }) => faultOf(line, message)))
  const { cluster_id: clusterId } = body.right
  return clusterId === undefined
    ? E.left([faultOf(line, 'cluster_id is required')])
    : E.right({ line, clusterId, body: { on_rotation: 'return_current', ...body.right } })
}

const repetitions = (entries: ReadonlyArray<RolloutEntry>): ReadonlyArray<LineFault> => {
  const first = new Map<string, number>()
  return entries.flatMap(({ line, clusterId }) => {
    const before = first.get(clusterId)
    if (before === undefined) first.set(clusterId, line)
    return before === undefined ? [] : [faultOf(line, `cluster_id repeats line ${String(before)}`)]
  })
}

/**
 * The clusters of a list, or every fault in it. A line is `CLUSTER_ID[,CLOUD_PROVIDER[,REGION]]`, or a JSON object with
 * `cluster_id` and the fields of a request to generate; empty lines and those that begin with `#` are passed over.
 */
export const readRolloutList = (text: string): E.Either<ReadonlyArray<LineFault>, ReadonlyArray<RolloutEntry>> => {
  const lines = text.split('\n')
  const read = lines.flatMap((raw, index) => {
    const line = raw.trim()
    return line === '' || line.startsWith('#') ? [] : [entryOf(index + 1, line)]
  })
  const entries = read.flatMap((entry) => (E.isRight(entry) ? [entry.right] : []))
  const faults = [...read.flatMap((entry) => (E.isLeft(entry) ? entry.left : [])), ...repetitions(entries)]
  if (faults.length > 0) return E.left(faults)
  return entries.length === 0 ? E.left(['it names no cluster']) : E.right(entries)
}
