import { spawnSync } from 'node:child_process'
import { repositoryRoot } from '../repository.ts'
import { complaintsAbout } from './commit-subjects.ts'
import type { Step } from './step.ts'

/** The last commit from before the rule: what came after it has to keep it. */
const lastUnchecked = '529cad7f1ba57da810d1d1f9b93ecccfec608b8b'

/** Each breaks one rule. */
const canaries: ReadonlyArray<string> = [
  'Say at such length what this commit changes that no list of commits shows all of it',
  'feat: keep the fence',
  'Keep the fence.',
]

const git = (...args: ReadonlyArray<string>): string | undefined => {
  const { status, stdout } = spawnSync('git', [...args], { cwd: repositoryRoot, encoding: 'utf8' })
  return status === 0 ? stdout : undefined
}

/** Undefined where the history does not reach back: a shallow clone, or a copy of the tree without git. */
const subjectsSince = (commit: string): ReadonlyArray<string> | undefined =>
  git('merge-base', '--is-ancestor', commit, 'HEAD') === undefined
    ? undefined
    : git('log', '--no-merges', '--format=%h %s', `${commit}..HEAD`)
        ?.split('\n')
        .filter((line) => line !== '')

const complaintsOfLine = (line: string): ReadonlyArray<string> => {
  const [hash = '', ...words] = line.split(' ')
  return complaintsAbout(words.join(' ')).map((complaint) => `${hash} ${complaint}: ${words.join(' ')}`)
}

export const commitSubjectsStep: Step = {
  name: 'commit subjects (CONTRIBUTING.md says how they read)',
  run: () => {
    const missed = canaries.filter((canary) => complaintsAbout(canary).length !== 1)
    const lines = subjectsSince(lastUnchecked)
    if (lines === undefined)
      process.stdout.write(`note    commit subjects are not checked: the history does not reach ${lastUnchecked}\n`)
    return [
      ...missed.map((canary) => `the canary was not reported: ${canary}`),
      ...(lines ?? []).flatMap(complaintsOfLine),
    ]
  },
}
