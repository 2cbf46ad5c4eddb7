import { randomInt } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** 64 characters of `[A-Z0-9]` (quay/quay data/database.py). */
export const newRobotToken = (): string =>
  Array.from({ length: 64 }, () => alphabet[randomInt(alphabet.length)]).join('')
