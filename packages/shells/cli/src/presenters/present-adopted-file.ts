import type { View } from './view.ts'

export interface AdoptedFile {
  readonly kept: number
  readonly fence: number
}

/** What became of a registry's file. */
export const presentAdoptedFile = (registryId: string, { kept, fence }: AdoptedFile): View => ({
  text: [
    `Adopted the file of ${registryId}.`,
    `Users who stay until the service deletes them: ${String(kept)}.`,
    `The next write has a fence above ${String(fence)}.\n`,
  ].join(' '),
  data: { registry_id: registryId, kept, fence },
})
