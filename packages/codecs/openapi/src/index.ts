export * from './build-document.ts'
export * from './document-text.ts'
