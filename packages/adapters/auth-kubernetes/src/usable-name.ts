const controlOrLoneSurrogate = /[\p{Cc}\p{Cs}]/u
const longestName = 512

/** Whether somebody may be called so in logs, requests and the audit. */
export const isUsableName = (name: unknown): name is string =>
  typeof name === 'string' && name !== '' && name.length <= longestName && !controlOrLoneSurrogate.test(name)
