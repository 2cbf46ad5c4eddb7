import { lintSettings } from './packages/proofs/workbench/src/lint/settings.ts'

export default lintSettings
