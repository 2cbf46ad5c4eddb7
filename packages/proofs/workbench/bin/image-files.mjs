#!/usr/bin/env node
import '../require-node-24.mjs'

const { repositoryRoot } = await import('../src/repository.ts')
const { writeImageFiles } = await import('../src/image/write-image-files.ts')

const [image, sourceMaps] = process.argv.slice(2)
if (image === undefined || sourceMaps === undefined) {
  process.stderr.write('Usage: image-files.mjs IMAGE_FOLDER SOURCE_MAPS_FOLDER\n')
  process.exit(2)
}
await writeImageFiles(repositoryRoot, { image, sourceMaps })
