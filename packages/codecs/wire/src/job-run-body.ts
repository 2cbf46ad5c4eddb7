import { described, oneOf } from '@pull-secret/decoding'
import type { RecoverySummary } from '@pull-secret/domain'
import * as t from 'io-ts'
import { count } from './number-codecs.ts'
import { text } from './text-codecs.ts'

/** Every job there is. */
export const jobNames = ['recovery'] as const

export type JobName = (typeof jobNames)[number]

export const isJobName = (name: string): name is JobName => jobNames.some((known) => known === name)

/** The job that a path names. */
export const jobName = described(oneOf(...jobNames), 'Name of the job.')

/** What a run of a job did, counted; `finished` unless its time was over while more was due. */
export const jobRunBody = described(
  t.type(
    {
      job: text('Name of the job.', 'recovery'),
      finished: described(t.boolean, 'False when the time of the run was over while more was due: run it again.'),
      summary: described(t.record(t.string, count('How often.', 1)), 'What the run did, counted.', {
        example: { rows: 2, done: 1, waiting: 1, refused: 0, stuck: 0, clusters: 0, failed: 0 },
      }),
    },
    'a run of a job',
  ),
  'What a run of a job did.',
  { title: 'JobRun' },
)

export type JobRunBody = t.TypeOf<typeof jobRunBody>

export const toJobRunBody = (job: JobName, { isFinished, ...summary }: RecoverySummary): JobRunBody => ({
  job,
  finished: isFinished,
  summary,
})
