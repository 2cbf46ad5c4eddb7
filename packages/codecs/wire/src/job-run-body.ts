import type { RecoverySummary } from '@pull-secret/domain'
import * as t from 'io-ts'

/** Every job there is. */
export const jobNames = ['recovery'] as const

export type JobName = (typeof jobNames)[number]

export const isJobName = (name: string): name is JobName => jobNames.some((known) => known === name)

/** What a run of a job did, counted; `finished` unless its time was over while more was due. */
export const jobRunBody = t.type(
  { job: t.string, finished: t.boolean, summary: t.record(t.string, t.number) },
  'a run of a job',
)

export type JobRunBody = t.TypeOf<typeof jobRunBody>

export const toJobRunBody = (job: JobName, { isFinished, ...summary }: RecoverySummary): JobRunBody => ({
  job,
  finished: isFinished,
  summary,
})
