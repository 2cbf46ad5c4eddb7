import type { ConfigFault } from './fault.ts'
import type { SettingPath } from './settings.ts'

/** What one source says about one setting, and the words by which a person finds the place. */
export interface Assignment {
  readonly value: unknown
  readonly origin: string
}

export type Assignments = ReadonlyMap<SettingPath, Assignment>

/** What was understood of a source, and what was not. */
export interface Reading {
  readonly assignments: Assignments
  readonly faults: ReadonlyArray<ConfigFault>
}

export const assigned = (path: SettingPath, value: unknown, origin: string): Reading => ({
  assignments: new Map([[path, { value, origin }]]),
  faults: [],
})

export const faulty = (fault: ConfigFault): Reading => ({ assignments: new Map(), faults: [fault] })

export const joined = (readings: ReadonlyArray<Reading>): Reading => ({
  assignments: new Map(readings.flatMap((reading) => [...reading.assignments])),
  faults: readings.flatMap((reading) => reading.faults),
})

/** Two keys for one value: whoever sets the one means it instead of the other. */
const counterparts = new Map<SettingPath, SettingPath>([
  ['database.url', 'database.url_file'],
  ['database.url_file', 'database.url'],
])

/** The upper source wins, key by key. */
export const overlaid = (lower: Assignments, upper: Assignments): Assignments => {
  const isReplaced = (path: SettingPath): boolean => {
    const counterpart = counterparts.get(path)
    return counterpart !== undefined && upper.has(counterpart)
  }
  return new Map([...[...lower].filter(([path]) => !isReplaced(path)), ...upper])
}
