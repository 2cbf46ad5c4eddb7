import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { repositoryRoot } from '../repository.ts'
import { anchorsOf, relativeLinks } from './markdown.ts'
import { projectFiles } from './project-files.ts'
import type { Step } from './step.ts'

const commands = ['npm start', 'npm test']

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8')

const brokenLink = (document: string, link: string): string | undefined => {
  const [target = '', anchor] = link.split('#')
  const path =
    target === '' ? document : normalize(join(target.startsWith('/') ? '' : dirname(document), decodeURI(target)))
  if (!existsSync(join(repositoryRoot, path))) return `${document}: ${link} leads nowhere`
  const namesHeading = anchor !== undefined && path.endsWith('.md')
  return namesHeading && !anchorsOf(read(path)).has(anchor) ? `${document}: ${link} names no heading` : undefined
}

const brokenLinks = (document: string): ReadonlyArray<string> =>
  relativeLinks(read(document))
    .map((link) => brokenLink(document, link))
    .filter((problem) => problem !== undefined)

const architecture = 'docs/architecture.md'

/** Packages that the page on the architecture passes over, by the last part of their folder. */
const unnamedPackages = (): ReadonlyArray<string> => {
  const text = read(architecture)
  return projectFiles()
    .map((path) => /^packages\/[^/]+\/([^/]+)\/package\.json$/.exec(path)?.[1])
    .filter((name) => name !== undefined && !text.includes(`\`${name}\``))
    .map((name) => `${architecture} does not name the package ${String(name)}`)
}

export const docsStep: Step = {
  name: 'documents (links lead somewhere, the README names its commands, the architecture its packages)',
  run: () => {
    const documents = projectFiles().filter((path) => path.endsWith('.md'))
    return [
      ...documents.flatMap(brokenLinks),
      ...unnamedPackages(),
      ...documents
        .filter((path) => path === 'README.md')
        .flatMap((path) =>
          commands
            .filter((command) => !read(path).includes(command))
            .map((command) => `${path} does not name ${command}`),
        ),
    ]
  },
}
