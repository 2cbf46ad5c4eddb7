export * from './codecs.ts'
export * from './decode.ts'
export type * from './mismatch.ts'
export * from './read-text.ts'
