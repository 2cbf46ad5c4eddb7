export const errorCode = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown'

/** A file that must not be written, whatever the file system allows. */
export class UnusableFile extends Error {
  readonly code: string

  /** `rule` continues a sentence that begins with the file. */
  constructor(code: string, rule: string) {
    super(rule)
    this.code = code
  }
}

const rules: Readonly<Record<string, string>> = {
  EACCES: 'cannot be read or written by this service, or its directory cannot',
  EBUSY: 'is mounted by itself and cannot be replaced: mount its directory',
  EDQUOT: 'cannot be replaced: the disk quota is used up',
  ELOOP: 'is a link that leads back to itself',
  ENOENT: 'lies in a directory that does not exist',
  ENOSPC: 'cannot be replaced: the disk is full',
  ENOTDIR: 'lies below something that is not a directory',
  EPERM: 'would not keep its owner, group and mode, or cannot be changed: let it belong to the user of this service',
  EROFS: 'lies on a read-only file system, as volumes of ConfigMaps and Secrets are',
}

/** What is wrong with the file, as the rest of a sentence that begins with it. */
export const brokenRule = (error: unknown): string =>
  error instanceof UnusableFile ? error.message : (rules[errorCode(error)] ?? 'cannot be read or replaced')
