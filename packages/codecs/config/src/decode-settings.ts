import { decode, type Mismatch } from '@pull-secret/decoding'
import * as E from 'fp-ts/lib/Either.js'
import type { Assignments } from './assignments.ts'
import { type ConfigFault, hintToSet } from './fault.ts'
import { type SettingPath, settingPaths, settings, type SettingValues } from './settings.ts'

const named = (path: SettingPath, mismatch: Mismatch): Mismatch => {
  const field = mismatch.field === '' ? path : `${path}.${mismatch.field}`
  const message =
    mismatch.field === '' ? mismatch.message.replace(/^the value/, () => path) : `${path}.${mismatch.message}`
  return { field, rule: mismatch.rule, message }
}

const decodeSetting = (path: SettingPath, assignments: Assignments): E.Either<ReadonlyArray<ConfigFault>, unknown> => {
  const setting = settings[path]
  const assignment = assignments.get(path)
  if (assignment !== undefined) {
    return E.mapLeft((mismatches: ReadonlyArray<Mismatch>) =>
      mismatches.map((mismatch) => ({ ...named(path, mismatch), hint: `correct ${assignment.origin}` })),
    )(decode<unknown>(setting.codec, assignment.value))
  }
  return setting.required
    ? E.left([{ field: path, rule: 'required', message: `${path} is required`, hint: hintToSet(path) }])
    : E.right(setting.fallback)
}

export interface DecodedSettings {
  /** Of every setting that is right, or has a default and is not set. */
  readonly values: Partial<SettingValues>
  readonly faults: ReadonlyArray<ConfigFault>
}

/** Every setting by its codec, or its default; all faults at once. */
export const decodeSettings = (assignments: Assignments): DecodedSettings => {
  const results = settingPaths.map((path) => [path, decodeSetting(path, assignments)] as const)
  return {
    values: Object.fromEntries(results.flatMap(([path, result]) => (E.isRight(result) ? [[path, result.right]] : []))),
    faults: results.flatMap(([, result]) => (E.isLeft(result) ? result.left : [])),
  }
}
