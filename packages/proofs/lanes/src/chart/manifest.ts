import { parseAllDocuments } from 'yaml'

/** One object of Kubernetes, as a chart renders it. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly [key: string]: unknown }
  readonly [key: string]: unknown
}

/** Reads a stream of manifests as Kubernetes does, by YAML 1.1. @throws Error for text that is no such stream */
export const parseManifests = (text: string): ReadonlyArray<Manifest> => {
  const documents = parseAllDocuments(text, { version: '1.1' })
  return ('empty' in documents ? [] : documents)
    .map((document) => {
      const [fault] = document.errors
      if (fault !== undefined) throw fault
      return document.toJS() as Manifest | null
    })
    .filter((manifest) => manifest !== null)
}

/** `Deployment/pull-secret-service`. */
export const nameOf = ({ kind, metadata }: Manifest): string => `${kind}/${metadata.name}`

export const manifestsOf = (manifests: ReadonlyArray<Manifest>, kind: string): ReadonlyArray<Manifest> =>
  manifests.filter((manifest) => manifest.kind === kind)

/** The texts of a ConfigMap, or those of a Secret that a sandbox has. */
export const textsOf = (manifest: Manifest): Readonly<Record<string, string>> =>
  (manifest['data'] ?? manifest['stringData'] ?? {}) as Readonly<Record<string, string>>

/** @throws Error where there is none, or more than one */
export const onlyManifest = (manifests: ReadonlyArray<Manifest>, kind: string): Manifest => {
  const [found, ...others] = manifestsOf(manifests, kind)
  if (found === undefined || others.length > 0) throw new Error(`there must be one ${kind}`)
  return found
}
