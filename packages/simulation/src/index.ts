export {
  runExhaustively,
  scripts,
  type ExhaustiveFinding,
  type ExhaustiveOptions,
  type ExhaustiveReport,
  type Script,
  type ScriptCase,
} from './exhaustive.ts'
export { decodeCase, highestSeed } from './case-file.ts'
export {
  faultKinds,
  faultsOf,
  plannedFaults,
  randomFaults,
  type FaultKind,
  type FaultPlan,
  type FaultPoint,
  type PortCall,
} from './faults.ts'
export { fleetOfSeed } from './fleet-of-seed.ts'
export type { Violation } from './violation.ts'
export { runRandomHistory, type RandomHistoryOptions } from './random-history.ts'
export { runHistory, type History, type HistoryReport } from './run-history.ts'
export { replay, type KeptCase } from './kept-case.ts'
export type { Case } from './case.ts'
export { shrink } from './shrink.ts'
export { extraKnobs, knobsOf, vendorKinds, type VendorKnobs } from './vendors/vendor-knobs.ts'
