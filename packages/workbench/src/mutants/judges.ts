import { globSync } from 'node:fs'
import { repositoryRoot } from '../repository.ts'
import type { ProtocolMutant } from './protocol-mutant.ts'

/** Specs that must notice a fault, under the name by which a verdict tells of them. */
export interface Judge {
  readonly name: string
  readonly specs: ReadonlyArray<string>
}

const folderOf = (packageName: string): Judge => ({ name: packageName, specs: [`packages/${packageName}`] })

export const simulation = folderOf('simulation')

/** Who judges the protocol, the quick first. */
const ofProtocol: ReadonlyArray<Judge> = [
  folderOf('domain'),
  folderOf('application'),
  folderOf('in-memory'),
  simulation,
]

const judgedTogether = new Set(ofProtocol.map(({ name }) => name))

/** Where an adapter runs the suites that every adapter of its port runs. */
const sharedSuites: Readonly<Record<string, string>> = {
  postgres: 'packages/postgres/src/postgres-ledger.int.spec.ts',
  'registry-quay': 'packages/registry-quay/src/quay-contract.int.spec.ts',
  'registry-rhit': 'packages/registry-rhit/src/rhit-contract.int.spec.ts',
  'registry-distribution': 'packages/registry-distribution/src/distribution-contract.int.spec.ts',
}

/** Those that start processes would first build the copied tree, whose files are the tree's own. */
const withoutProcesses = (packageName: string): ReadonlyArray<string> =>
  globSync(`packages/${packageName}/{src,test}/**/*.spec.ts`, { cwd: repositoryRoot }).filter(
    (file) => !file.endsWith('.e2e.spec.ts'),
  )

const ofAdapter = (packageName: string): ReadonlyArray<Judge> => {
  const suite = sharedSuites[packageName]
  const own = { name: packageName, specs: withoutProcesses(packageName).filter((file) => file !== suite) }
  return suite === undefined ? [own] : [{ name: `the suite that ${packageName} shares`, specs: [suite] }, own]
}

const packageOf = ({ file }: ProtocolMutant): string => file.split('/')[1] ?? ''

/** Whether the simulation plays with the code that holds the fault. */
export const isPlayed = (mutant: ProtocolMutant): boolean => judgedTogether.has(packageOf(mutant))

/** Whether the fault is in the code that the simulation is there to prove. */
export const isOfCore = (mutant: ProtocolMutant): boolean => ['domain', 'application'].includes(packageOf(mutant))

/** Adapters are judged by the suites they share with others first, then by their own specs. */
export const judgesOf = (mutant: ProtocolMutant): ReadonlyArray<Judge> =>
  isPlayed(mutant) ? ofProtocol : ofAdapter(packageOf(mutant))
