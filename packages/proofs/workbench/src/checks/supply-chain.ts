/** What a workflow or a Dockerfile runs that others could change, or that it need not run. */
export const unpinned = (path: string, text: string): ReadonlyArray<string> =>
  text.split('\n').flatMap((line, index) => {
    const [, action] = /^\s*(?:-\s+)?uses:\s*([^\s#]+)/.exec(line) ?? []
    const place = `${path}:${String(index + 1)}`
    if (action !== undefined && !action.startsWith('./') && !/@[0-9a-f]{40}$/.test(action))
      return [`${place} does not pin ${action} by the hash of a commit`]
    return path.endsWith('Dockerfile') && /\bnpm (ci|install)\b(?!.*--ignore-scripts)/.test(line)
      ? [`${place} runs the install scripts of dependencies`]
      : []
  })
