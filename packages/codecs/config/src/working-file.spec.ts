import * as E from 'fp-ts/lib/Either.js'
import type { ReadFile } from './index.ts'

/** A file that has what is required and nothing else. */
export const workingFile = [
  'deployment: { id: fleet-1, sandbox: true }',
  'database: { url: "postgres://writer:canary-password@database.example:5432/pull" }',
  'encryption: { key_ring_file: /keys.json }',
  'access: { type: static, tokens_file: /tokens.json }',
  'registries: [{ id: quay, type: quay }]',
].join('\n')

export const readFileOf =
  (files: Readonly<Record<string, string>>): ReadFile =>
  (path) => {
    const text = files[path]
    return text === undefined ? E.left('absent') : E.right(text)
  }
