import { statSync } from 'node:fs'
import { readMountedFile } from '@pull-secret/mounted-files'
import * as E from 'fp-ts/lib/Either.js'

/** Why a file is not usable: names the field and the rule it breaks, never its content. */
export interface FileProblem {
  readonly file: string
  readonly message: string
}

/** The content of a file, read again when the file changes. */
export interface RereadFile<A> {
  /** The newest usable content. Synchronous; looks at the file at most once a second. */
  readonly current: () => A
}

export interface RereadFileOptions<A> {
  /** Absolute path. Symbolic links are followed, so the atomic swap of a mounted Secret is seen. */
  readonly file: string
  /** Reads the text, or says in one line what is wrong with it without repeating it. */
  readonly parse: (text: string) => E.Either<string, A>
  /** Told once for every version of the file that could not be used; the content before it stays in use. */
  readonly onProblem: (problem: FileProblem) => void
  /** Milliseconds since an arbitrary start; this process's monotonic clock where absent. */
  readonly monotonic?: () => number
}

const lookEveryMilliseconds = 1000

const errorCode = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown reason'

const versionOf = (file: string): string => {
  const found = E.tryCatch(() => statSync(file, { bigint: true }), errorCode)
  return E.isLeft(found)
    ? found.left
    : [found.right.dev, found.right.ino, found.right.size, found.right.mtimeNs, found.right.ctimeNs].join(' ')
}

/**
 * Opens a file whose content is replaced while the process runs.
 * @returns the file, or a {@link FileProblem} when it cannot be read or understood now.
 */
export const openRereadFile = <A>({
  file,
  parse,
  onProblem,
  monotonic = () => performance.now(),
}: RereadFileOptions<A>): E.Either<FileProblem, RereadFile<A>> => {
  const read = (): E.Either<FileProblem, A> => {
    const text = readMountedFile(file)
    if (E.isLeft(text)) return E.left({ file, message: `${file} ${text.left}` })
    const content = parse(text.right)
    return E.isLeft(content) ? E.left({ file, message: `${file}: ${content.left}` }) : content
  }

  // The version is taken before the content: a change in between is then seen at the next look.
  let version = versionOf(file)
  let refused = ''
  let lookedAt = monotonic()
  const first = read()
  if (E.isLeft(first)) return first
  let content = first.right

  return E.right({
    current: () => {
      if (monotonic() - lookedAt < lookEveryMilliseconds) return content
      lookedAt = monotonic()
      const newest = versionOf(file)
      if (newest === version) return content
      const replaced = read()
      if (E.isRight(replaced)) {
        content = replaced.right
        version = newest
      } else if (newest !== refused) {
        refused = newest
        onProblem(replaced.left)
      }
      return content
    },
  })
}
