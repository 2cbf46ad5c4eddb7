import { join } from 'node:path'
import { repositoryRoot } from '@pull-secret/workbench'
import { writeImageFiles } from '@pull-secret/workbench/image'

/** Writes the files of the image below a folder; returns where. */
export const makeImage = async (folder: string): Promise<string> => {
  const image = join(folder, 'image')
  await writeImageFiles(repositoryRoot, { image, sourceMaps: join(folder, 'source-maps') })
  return image
}
