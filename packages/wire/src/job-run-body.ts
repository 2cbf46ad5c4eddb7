import * as t from 'io-ts'

/** What a run of a job did, counted. */
export const jobRunBody = t.type({ job: t.string, summary: t.record(t.string, t.number) }, 'a run of a job')

export type JobRunBody = t.TypeOf<typeof jobRunBody>

export const toJobRunBody = <S extends { readonly [K in keyof S]: number }>(job: string, summary: S): JobRunBody => ({ job, summary: { ...summary } })
