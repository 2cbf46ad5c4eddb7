import { complaintsOf, type Step } from './step.ts'

export const unusedStep: Step = {
  name: 'unused files, exports and dependencies',
  run: () =>
    complaintsOf(
      'knip/bin/knip.js',
      '--config',
      'packages/proofs/workbench/knip.config.ts',
      '--no-progress',
      '--no-config-hints',
    ),
}
