import type { LogFields } from '@pull-secret/domain'

const maximumFrames = 12

/**
 * Where something was thrown and what kind of thing it is. Its message stays out: it may quote what a caller or a
 * vendor sent.
 */
export const describeThrown = (thrown: unknown): LogFields => {
  if (!(thrown instanceof Error)) return { error: typeof thrown }
  const frames = (thrown.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, maximumFrames)
  const { code } = thrown as NodeJS.ErrnoException
  return {
    error: thrown.name,
    error_type: typeof code === 'string' ? code : undefined,
    stack_trace: frames.map((frame) => frame.trim()).join('; '),
  }
}
