import { oldestMajorVersion } from '@pull-secret/postgres'
import type { StartFault } from './start-fault.ts'

/** What is wrong with a PostgreSQL of this major version. */
export const versionFault = (majorVersion: number): ReadonlyArray<StartFault> =>
  majorVersion >= oldestMajorVersion
    ? []
    : [
        {
          field: 'database',
          message: [
            `the database is PostgreSQL ${String(majorVersion)}`,
            `PostgreSQL ${String(oldestMajorVersion)} or newer is required`,
          ].join('; '),
        },
      ]
