import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  buildDocument,
  type DocumentPart,
  documentText,
  fingerprintOf,
  hostFingerprintsOf,
  secretText,
} from '@pull-secret/domain'
import { expect } from 'chai'
import { makeNodeDigest } from './node-digest.ts'

interface Fixture {
  readonly fingerprint_key: string
  readonly credentials: ReadonlyArray<Omit<DocumentPart, 'token'> & { readonly token: string }>
  readonly document: string
  readonly fingerprint: string
  readonly host_fingerprints: Readonly<Record<string, string>>
}

const folder = join(import.meta.dirname, '../../../../test-fixtures/pull-secrets')

describe('the fixtures of pull secrets', () => {
  const digest = makeNodeDigest()

  globSync('*.json', { cwd: folder }).forEach((file) => {
    it(`give the bytes and fingerprints of ${basename(file, '.json')}`, () => {
      const fixture = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Fixture
      const document = buildDocument(
        fixture.credentials.map((part) => ({ ...part, token: secretText(part.token) })),
        digest.base64,
      )
      const key = secretText(fixture.fingerprint_key)
      expect(documentText(document)).to.equal(fixture.document)
      expect(fingerprintOf(document, key, digest)).to.equal(fixture.fingerprint)
      expect(hostFingerprintsOf(document, key, digest)).to.deep.equal(fixture.host_fingerprints)
    })
  })
})
