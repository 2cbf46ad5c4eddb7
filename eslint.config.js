import { lintSettings } from './packages/workbench/src/linting/settings.ts'

export default lintSettings
