import { createHash } from 'node:crypto'

/** Lets a test in another process compare a token it holds, without the token being shown. */
export const tokenFingerprint = (token: string): string => createHash('sha256').update(token).digest('hex')
