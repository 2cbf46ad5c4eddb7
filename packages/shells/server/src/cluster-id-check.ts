const longest = 64

/**
 * Whether a text is a cluster's id in this deployment. The length is looked at first: patterns are the operator's
 * own.
 */
export const makeClusterIdCheck =
  (patterns: ReadonlyArray<RegExp>) =>
  (text: string): boolean =>
    text.length <= longest && patterns.some((pattern) => pattern.test(text))
