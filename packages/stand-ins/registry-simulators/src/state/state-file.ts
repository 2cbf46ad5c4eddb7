import { readFileIfThere, replaceFile } from './durable-file.ts'

/** Keeps a simulator's objects over restarts. Without a file name nothing is written. */
export interface StateFile<T> {
  load: () => T | undefined
  save: (state: T) => void
}

/** @throws Error when the file is there and is not this kind's; its content is never quoted, it holds tokens. */
export const makeStateFile = <T>({ file, kind }: { file: string | undefined; kind: string }): StateFile<T> => {
  if (file === undefined) return { load: () => undefined, save: () => undefined }
  return {
    load: () => {
      const text = readFileIfThere(file)
      if (text === undefined) return undefined
      const kept = parse(text)
      if (kept?.kind !== kind) throw new Error(`${file} is not a state file of the ${kind} simulator`)
      return kept.state as T
    },
    save: (state) => replaceFile(file, JSON.stringify({ kind, state })),
  }
}

const parse = (text: string): { kind?: unknown; state?: unknown } | undefined => {
  try {
    return JSON.parse(text) as { kind?: unknown; state?: unknown }
  } catch {
    return undefined
  }
}
