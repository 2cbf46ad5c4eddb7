export type { Case } from './case.ts'
export { decodeCase, highestSeed } from './case-file.ts'
export { type Setting, settings } from './configuration.ts'
export {
  type ExhaustiveFinding,
  type ExhaustiveOptions,
  type ExhaustiveReport,
  runExhaustively,
  type ScriptCase,
  type Share,
} from './exhaustive.ts'
export {
  type FaultKind,
  faultKinds,
  type FaultPlan,
  type FaultPoint,
  faultsOf,
  plannedFaults,
  type PortCall,
  randomFaults,
} from './faults.ts'
export { fleetOfSeed } from './fleet-of-seed.ts'
export { type KeptCase, replay } from './kept-case.ts'
export { type RandomHistoryOptions, runRandomHistory } from './random-history.ts'
export { type History, type HistoryReport, runHistory } from './run-history.ts'
export { type Script, scripts } from './scripts.ts'
export { shrink } from './shrink.ts'
export { extraKnobs, knobsOf, vendorKinds, type VendorKnobs } from './vendors/vendor-knobs.ts'
export type { Violation } from './violation.ts'
