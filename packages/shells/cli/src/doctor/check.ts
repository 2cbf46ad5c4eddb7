/** One thing that a command or the service needs. Neither text is a secret. */
export interface Check {
  readonly name: string
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped'
  readonly detail?: string
  /** What to do about a failure or a warning. */
  readonly hint?: string
}

export const ok = (name: string, detail?: string): Check => ({ name, status: 'ok', detail })

export const failed = (name: string, detail: string, hint: string): Check => ({ name, status: 'failed', detail, hint })

/** It works, and should be otherwise. */
export const warning = (name: string, detail: string, hint: string): Check => ({
  name,
  status: 'warning',
  detail,
  hint,
})

export const skipped = (name: string, detail: string): Check => ({ name, status: 'skipped', detail })
