import { writeReferences } from '../checks/references.ts'
import { complaintsOf } from '../checks/step.ts'
import { repositoryRoot } from '../repository.ts'
import { faultOfName, registriesFolder } from './registry-name.ts'
import { writeRegistry } from './write-registry.ts'

const nextSteps = (name: string): string => `
Next:
  1. Link the package: npm install
  2. See its suite fail, because the client does nothing yet: npm test -- ${registriesFolder}/${name}
  3. Make the wire codecs, the calls and the simulator those of your vendor; so far its vendor is imaginary.
  4. Write src/${name}-client.ts until the suite is green, and declare honest capabilities.
  5. Fill in the README, and see everything pass: npm run check

docs/adding-a-registry.md says what each operation must keep.
`

/** The command `npm run new:registry -- NAME`; returns the exit code. */
export const runNewRegistry = async ([name]: ReadonlyArray<string>): Promise<number> => {
  const fault = faultOfName(name, repositoryRoot)
  if (name === undefined || fault !== undefined) {
    process.stderr.write(`${fault ?? ''}\n`)
    return 1
  }
  const files = [...(await writeRegistry(name, repositoryRoot)), ...writeReferences()]
  // Names that begin otherwise sort otherwise. What else lint has to say, it says again in `npm run check`.
  complaintsOf('eslint/bin/eslint.js', '--fix', `${registriesFolder}/${name}`)
  process.stdout.write(files.map((file) => `wrote ${file}\n`).join('') + nextSteps(name))
  return 0
}
