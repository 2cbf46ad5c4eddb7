import * as E from 'fp-ts/lib/Either.js'
import { usageFailure } from '../failures/command-failure.ts'
import type { CommandAnswer } from '../operations/operations.ts'
import type { ProcessContext } from '../process-context.ts'
import { describeFileFault, type FileFault, textOf } from '../read-file.ts'
import { untilStopped } from '../stopping/until-stopped.ts'
import { type LineFault, readRolloutList, type RolloutEntry } from './read-rollout-list.ts'

const shownFaults = 20

const describeFaults = (faults: ReadonlyArray<LineFault>): string =>
  [
    ...faults.slice(0, shownFaults).map((fault) => `  ${fault}`),
    ...(faults.length > shownFaults ? [`  and ${String(faults.length - shownFaults)} more`] : []),
  ].join('\n')

const nameOf = (path: string): string => (path === '-' ? 'standard input' : path)

const readText = (
  path: string,
  { stdin, readFile }: Pick<ProcessContext, 'stdin' | 'readFile'>,
): Promise<E.Either<FileFault, string>> => (path === '-' ? textOf(stdin) : readFile(path))

/** The clusters of a file, or of standard input for `-`. Nothing is begun while a single line is wrong. */
export const loadRolloutList = (
  path: string,
  processContext: Pick<ProcessContext, 'stdin' | 'readFile' | 'stop'>,
): CommandAnswer<ReadonlyArray<RolloutEntry>> =>
  untilStopped(processContext.stop, async () => {
    const text = await readText(path, processContext)
    if (E.isLeft(text))
      return E.left(
        usageFailure(
          `${nameOf(path)} ${describeFileFault[text.left]}`,
          text.left === 'too_long' ? 'split it, and roll out its parts' : 'name a file with the clusters',
        ),
      )
    return E.mapLeft((faults: ReadonlyArray<LineFault>) =>
      usageFailure(
        `${nameOf(path)} is no list of clusters:\n${describeFaults(faults)}`,
        'a line is CLUSTER_ID,CLOUD_PROVIDER,REGION or a JSON object; nothing was begun',
      ),
    )(readRolloutList(text.right))
  })
