import * as t from 'io-ts'

/** What a run of a job did, counted; `finished` unless its time was over while more was due. */
export const jobRunBody = t.type(
  { job: t.string, finished: t.boolean, summary: t.record(t.string, t.number) },
  'a run of a job',
)

export type JobRunBody = t.TypeOf<typeof jobRunBody>

export const toJobRunBody = <S extends { readonly [K in keyof S]: number }>(
  job: string,
  finished: boolean,
  summary: S,
): JobRunBody => ({ job, finished, summary: { ...summary } })
