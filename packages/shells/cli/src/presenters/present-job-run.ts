import type { JobRunBody } from '@pull-secret/wire'
import { pairs } from './table.ts'
import type { View } from './view.ts'

/** What a run of a job did. */
export const presentJobRun = (body: JobRunBody): View => ({
  text: pairs([
    ['job', body.job],
    ...Object.entries(body.summary).map(([name, count]) => [name, String(count)] as const),
  ]),
  data: body,
})
