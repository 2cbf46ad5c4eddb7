import { join } from 'node:path'
import type { Manifest } from './manifest.ts'

interface Item {
  readonly key: string
  readonly path: string
}

interface Source {
  readonly configMap?: { readonly name: string; readonly items: ReadonlyArray<Item> }
  readonly secret?: { readonly name: string; readonly items: ReadonlyArray<Item> }
}

interface Volume {
  readonly name: string
  readonly projected?: { readonly defaultMode: number; readonly sources: ReadonlyArray<Source> }
}

interface Container {
  readonly args: ReadonlyArray<string>
  readonly volumeMounts: ReadonlyArray<{ readonly name: string; readonly mountPath: string }>
}

interface Template {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> }
  readonly spec: {
    readonly automountServiceAccountToken: boolean
    readonly containers: readonly [Container]
    readonly volumes: ReadonlyArray<Volume>
  }
}

/** A pod that the chart makes, of whatever kind its owner is. */
export interface Pod extends Template {
  readonly owner: string
}

/** One file that a pod mounts: where it stands, and what it comes from. */
export interface MountedFile {
  readonly path: string
  readonly kind: 'configMap' | 'secret'
  readonly name: string
  readonly key: string
}

interface Owner {
  readonly template?: Template
  readonly jobTemplate?: { readonly spec: { readonly template: Template } }
}

/** The pods of Deployments, Jobs and CronJobs. */
export const podsOf = (manifests: ReadonlyArray<Manifest>): ReadonlyArray<Pod> =>
  manifests.flatMap((manifest) => {
    const owner = (manifest['spec'] ?? {}) as Owner
    const template = owner.template ?? owner.jobTemplate?.spec.template
    return template === undefined ? [] : [{ ...template, owner: manifest.kind }]
  })

/** @throws Error where the chart makes none */
export const podOf = (manifests: ReadonlyArray<Manifest>, owner: string): Pod => {
  const pod = podsOf(manifests).find((one) => one.owner === owner)
  if (pod === undefined) throw new Error(`there is no pod of a ${owner}`)
  return pod
}

const filesOfSource = (folder: string, source: Source): ReadonlyArray<MountedFile> =>
  (['configMap', 'secret'] as const).flatMap((kind) =>
    (source[kind]?.items ?? []).map(({ key, path }) => ({
      path: join(folder, path),
      kind,
      name: source[kind]?.name ?? '',
      key,
    })),
  )

/** The files of ConfigMaps and Secrets that a pod mounts. */
export const mountedFiles = ({ spec }: Pod): ReadonlyArray<MountedFile> =>
  spec.containers[0].volumeMounts.flatMap(({ name, mountPath }) =>
    (spec.volumes.find((volume) => volume.name === name)?.projected?.sources ?? []).flatMap((source) =>
      filesOfSource(mountPath, source),
    ),
  )

/** The folders that a pod mounts from elsewhere. */
export const mountedFolders = ({ spec }: Pod): ReadonlyArray<string> =>
  spec.containers[0].volumeMounts
    .filter(({ name }) => spec.volumes.find((volume) => volume.name === name)?.projected === undefined)
    .map(({ mountPath }) => `${mountPath}/`)
