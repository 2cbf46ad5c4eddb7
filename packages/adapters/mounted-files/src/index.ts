export { readMountedFile } from './mounted-file.ts'
