export { docsStep } from './checks/docs-step.ts'
export { complaintsOf } from './checks/step.ts'
export { closingLine, type Counts, settledCounts } from './closing-line.ts'
export { repositoryRoot, sourceCondition } from './repository.ts'
