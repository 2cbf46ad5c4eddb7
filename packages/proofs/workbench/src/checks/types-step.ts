import { complaintsOf, type Step } from './step.ts'

const typescript = 'typescript/bin/tsc'

export const typesStep: Step = {
  name: 'types of packages',
  run: () => complaintsOf(typescript, '-b', 'packages'),
}

export const specTypesStep: Step = {
  name: 'types of specs and examples',
  run: () => complaintsOf(typescript, '-p', 'packages/proofs/workbench/tsconfig.specs.json'),
}
