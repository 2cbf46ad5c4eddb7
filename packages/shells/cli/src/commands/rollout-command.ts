import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { type CommandFailure, usageFailure } from '../failures/command-failure.ts'
import type { ExitName } from '../failures/exit-codes.ts'
import type { CommandOperations } from '../operations/operations.ts'
import { presentRollout, presentRolloutPlan } from '../presenters/present-rollout.ts'
import { type OutputFormat, render } from '../presenters/view.ts'
import { askInTime } from '../rollout/ask-in-time.ts'
import { readKnownClusters, standingOf } from '../rollout/known-clusters.ts'
import { loadRolloutList } from '../rollout/load-rollout-list.ts'
import { type PerformedRollout, performRollout } from '../rollout/perform-rollout.ts'
import { planRollout } from '../rollout/plan-rollout.ts'
import type { RolloutEntry } from '../rollout/read-rollout-list.ts'
import type { CommandContext } from './command-context.ts'
import { durationSeconds, positiveNumber, wholeNumber } from './option-values.ts'
import { addOutputOption } from './output-options.ts'
import { makeProgress } from './progress.ts'
import { type CommandResult, outcomeOf, runCommand } from './run-command.ts'
import { addTargetOptions, type ParsedOptions } from './target-options.ts'
import { withOperations } from './with-operations.ts'

interface RolloutOptions extends ParsedOptions {
  readonly output: OutputFormat
  readonly results?: string
  readonly dryRun?: boolean
  readonly concurrency: number
  readonly maxFailures: number
  readonly patience: number
}

const optionFault = (file: string, { results, dryRun }: RolloutOptions): CommandFailure | undefined => {
  if (results !== undefined && dryRun === true)
    return usageFailure('--results and --dry-run are mutually exclusive', 'a dry run has no results')
  return results !== undefined && resolve(results) === resolve(file)
    ? usageFailure('--results must not name the list itself', 'name another file')
    : undefined
}

const exitOf = ({ results, isOverBudget }: PerformedRollout): ExitName => {
  if (isOverBudget) return 'gaveUp'
  return results.some(({ outcome }) => outcome === 'failed') ? 'someFailed' : 'ok'
}

const rollOut = async (
  context: CommandContext,
  options: RolloutOptions,
  entries: ReadonlyArray<RolloutEntry>,
  { perform }: CommandOperations,
): CommandResult => {
  const { processContext } = context
  const progress = makeProgress(processContext)
  const ask = askInTime({ perform }, processContext)
  const known = await readKnownClusters({ perform: ask }, processContext, (count) =>
    progress.show(`reading clusters: ${String(count)}`),
  )
  progress.end()
  if (E.isLeft(known)) return known
  const standings = new Map(entries.map((entry) => [entry, standingOf(entry, known.right)]))
  if (options.dryRun === true)
    return outcomeOf(
      await planRollout(standings, { perform: ask }),
      (plan) => render(presentRolloutPlan(plan), options.output),
      ({ deleted, banned }) => (deleted + banned === 0 ? 'ok' : 'someFailed'),
    )
  const { concurrency, maxFailures, patience: patienceSeconds, results: resultsFile } = options
  return outcomeOf(
    await performRollout(
      standings,
      { concurrency, maxFailures, patienceSeconds },
      { perform, processContext, progress, resultsFile },
    ),
    ({ results, seconds }) => render(presentRollout(results, seconds), options.output),
    exitOf,
  )
}

export const rolloutCommand = (context: CommandContext): Command =>
  addTargetOptions(addOutputOption(new Command('rollout')))
    .description('create the missing credentials of many clusters; may be repeated, and goes on where it ended')
    .argument('<file>', 'the clusters: CLUSTER_ID,CLOUD_PROVIDER,REGION or a JSON object a line; - for standard input')
    .option('--results <file>', 'replace this file by a JSON line for each cluster, with its outcome')
    .option('--dry-run', 'only say which clusters exist, and what the others cost')
    .option('--concurrency <number>', 'clusters at the same time', positiveNumber, 8)
    .option('--max-failures <number>', 'failed clusters that do not end the rollout', wholeNumber, 10)
    .addOption(
      new Option('--patience <duration>', 'how long to try a cluster again while something is unavailable')
        .argParser(durationSeconds)
        .default(600, '10m'),
    )
    .action((file: string, options: RolloutOptions) =>
      runCommand(context, async () => {
        const fault = optionFault(file, options)
        if (fault !== undefined) return E.left(fault)
        const entries = await loadRolloutList(file, context.processContext)
        if (E.isLeft(entries)) return entries
        return withOperations(context, options, (operations) => rollOut(context, options, entries.right, operations), {
          readOnly: options.dryRun === true,
        })
      }),
    )
