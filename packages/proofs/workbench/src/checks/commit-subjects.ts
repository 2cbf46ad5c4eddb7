const longestSubject = 72

const rules: ReadonlyArray<readonly [isBroken: (subject: string) => boolean, complaint: string]> = [
  [(subject) => subject.length > longestSubject, `is longer than ${String(longestSubject)} characters`],
  [(subject) => /^[a-z]+(\([^)]*\))?!?: /i.test(subject), 'begins with a prefix'],
  [(subject) => subject.endsWith('.'), 'ends with a full stop'],
]

/** What is wrong with the subject of a commit; nothing when all is well. */
export const complaintsAbout = (subject: string): ReadonlyArray<string> =>
  rules.filter(([isBroken]) => isBroken(subject)).map(([, complaint]) => complaint)
