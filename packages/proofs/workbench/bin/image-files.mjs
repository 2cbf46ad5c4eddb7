#!/usr/bin/env node
import '../require-node-24.mjs'

const { repositoryRoot } = await import('../src/repository.ts')
const { writeImageFiles } = await import('../src/image/write-image-files.ts')

const [target] = process.argv.slice(2)
if (target === undefined) {
  process.stderr.write('Usage: image-files.mjs FOLDER\n')
  process.exit(2)
}
writeImageFiles(repositoryRoot, target)
