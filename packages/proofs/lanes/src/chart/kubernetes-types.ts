import { join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import ts from 'typescript'
import type { Manifest } from './manifest.ts'

/** What Kubernetes would not take, or would silently leave out, of one manifest; none where all is well. */
export type Complaints = ReadonlyArray<string>

interface Kind {
  readonly apiVersion: string
  readonly kind: string
}

/** The groups of operators, whose types are made from their CustomResourceDefinitions. */
const bundles: Readonly<Record<string, string>> = {
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'external-secrets.io': '@kubernetes-models/external-secrets',
}

/** Where the types of a kind are described. Kinds of the core have no group. */
const moduleOf = ({ apiVersion, kind }: Kind): string => {
  const [group = ''] = apiVersion.split('/')
  return `${bundles[group] ?? 'kubernetes-models'}/${apiVersion}/${kind}`
}

const statementOf = (manifest: Manifest, index: number): string =>
  `export const m${String(index)}: import('${moduleOf(manifest)}').I${manifest.kind} = ${JSON.stringify(manifest)}`

const options: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  types: [],
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
}

/** A file that exists only in memory, in a folder from which the types are found. */
const fileName = join(repositoryRoot, 'packages/proofs/lanes/manifests.ts')

const compile = (text: string): ReadonlyArray<ts.Diagnostic> => {
  const disk = ts.createCompilerHost(options)
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (name) => name === fileName || disk.fileExists(name),
    readFile: (name) => (name === fileName ? text : disk.readFile(name)),
    getSourceFile: (name, version) =>
      name === fileName ? ts.createSourceFile(name, text, version) : disk.getSourceFile(name, version),
  }
  const program = ts.createProgram([fileName], options, host)
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(fileName))
}

/**
 * Holds each manifest against the types of Kubernetes, as a literal of TypeScript: a literal may have no field that its
 * type does not know, at any depth. Missing fields, wrong types and unknown words are complaints too.
 */
export const complaintsOfTypes = (manifests: ReadonlyArray<Manifest>): ReadonlyArray<Complaints> => {
  const lines = manifests.map(statementOf)
  const found = compile(lines.join('\n'))
  const starts = lines.map((_, index) => lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0))
  return manifests.map((_, index) =>
    found
      .filter(({ start = 0 }) => start >= (starts[index] ?? 0) && start < (starts[index + 1] ?? Infinity))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  )
}
