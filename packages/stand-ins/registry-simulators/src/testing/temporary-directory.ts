import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A fresh directory for every spec of a suite. */
export const useTemporaryDirectory = (): { path: string } => {
  const directory = { path: '' }
  beforeEach(() => {
    directory.path = mkdtempSync(join(tmpdir(), 'registry-simulators-'))
  })
  afterEach(() => rmSync(directory.path, { recursive: true, force: true }))
  return directory
}
