import { errorCodeOf } from './error-code-of.ts'
import { SandboxError } from './sandbox-error.ts'

/** Why a file or folder cannot be used, by the code of the operating system. */
export const fileReasons: Readonly<Record<string, string>> = {
  ENOTDIR: 'it is not a folder, or a part of its path is not one',
  ENOENT: 'the folder above it does not exist',
  EACCES: 'this user lacks the permission to read and write it',
  EPERM: 'it belongs to another user',
  EROFS: 'its file system is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
}

const pathOf = (error: unknown): string | undefined =>
  error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined

/** An error of the operating system about a file as one sentence; every other error as it is. */
export const explainFailure = (error: unknown, file = pathOf(error)): unknown => {
  const code = errorCodeOf(error)
  if (code === undefined || file === undefined || error instanceof SandboxError) return error
  return new SandboxError(
    [
      `${file} cannot be used: ${fileReasons[code] ?? code}`,
      'mend that, or start with an empty sandbox with npm start -- --reset.',
    ].join('; '),
  )
}
