import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import type { ProtocolMutant } from './protocol-mutant.ts'

/** Specs that must notice a fault, under the name by which a verdict tells of them. */
export interface Judge {
  readonly name: string
  readonly specs: ReadonlyArray<string>
}

const folderOf = (folder: string): Judge => ({ name: basename(folder), specs: [folder] })

export const simulation = folderOf('packages/proofs/simulation')

/** Who judges the protocol, the quick first. */
const ofProtocol: ReadonlyArray<Judge> = [
  folderOf('packages/core/domain'),
  folderOf('packages/core/application'),
  folderOf('packages/adapters/in-memory'),
  simulation,
]

const judgedTogether = new Set(ofProtocol.flatMap(({ specs }) => specs))

/** Where an adapter runs the suites that every adapter of its port runs. */
const sharedSuites: Readonly<Record<string, string>> = {
  'packages/adapters/postgres': 'src/postgres-ledger.int.spec.ts',
  'packages/adapters/auth-kubernetes': 'src/kubernetes-access-contract.int.spec.ts',
  'packages/registries/quay': 'src/quay-contract.int.spec.ts',
  'packages/registries/rhit': 'src/rhit-contract.int.spec.ts',
  'packages/registries/distribution': 'src/distribution-contract.int.spec.ts',
}

/** Those that start processes would first build the copied tree, whose files are the tree's own. */
const withoutProcesses = (folder: string): ReadonlyArray<string> =>
  globSync(`${folder}/{src,test}/**/*.spec.ts`, { cwd: repositoryRoot }).filter(
    (file) => !file.endsWith('.e2e.spec.ts'),
  )

const ofAdapter = (folder: string): ReadonlyArray<Judge> => {
  const suite = sharedSuites[folder]
  if (suite === undefined) return [{ name: basename(folder), specs: withoutProcesses(folder) }]
  const shared = `${folder}/${suite}`
  const own = withoutProcesses(folder).filter((file) => file !== shared)
  return [
    { name: `the suite that ${basename(folder)} shares`, specs: [shared] },
    { name: basename(folder), specs: own },
  ]
}

/** `packages/adapters/postgres` for whatever lies in it. */
const packageOf = ({ file }: ProtocolMutant): string => file.split('/').slice(0, 3).join('/')

/** Whether the simulation plays with the code that holds the fault. */
export const isPlayed = (mutant: ProtocolMutant): boolean => judgedTogether.has(packageOf(mutant))

/** Whether the fault is in the code that the simulation is there to prove. */
export const isOfCore = (mutant: ProtocolMutant): boolean => packageOf(mutant).startsWith('packages/core/')

/** Adapters are judged by the suites they share with others first, then by their own specs. */
export const judgesOf = (mutant: ProtocolMutant): ReadonlyArray<Judge> =>
  isPlayed(mutant) ? ofProtocol : ofAdapter(packageOf(mutant))
