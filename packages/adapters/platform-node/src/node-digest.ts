import { createHash, createHmac } from 'node:crypto'
import type { Digest } from '@pull-secret/domain'

export const makeNodeDigest = (): Digest => ({
  hmacSha256: (key, text) => createHmac('sha256', key.reveal()).update(text).digest('hex'),
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  base64: (text) => Buffer.from(text, 'utf8').toString('base64'),
})
