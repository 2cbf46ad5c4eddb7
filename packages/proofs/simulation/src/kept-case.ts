import type { Case } from './case.ts'
import { replayPlan, type ScriptCase } from './exhaustive.ts'
import type { HistoryReport } from './run-history.ts'
import { runCase } from './shrink.ts'
import type { TraceOption } from './world.ts'

/** What can be kept in a file: a reduced random history, or a script with its faults. */
export type KeptCase = Case | ScriptCase

/** One kept case again. */
export const replay = (kept: KeptCase, option?: TraceOption): Promise<HistoryReport> =>
  'script' in kept ? replayPlan(kept, option) : runCase(kept, option)
