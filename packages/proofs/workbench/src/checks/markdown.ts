const fence = /^(```|~~~)[^]*?^\1/gm
const inlineCode = /`[^`\n]*`/g
const link = /\]\(\s*<?([^)>\s]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s*(\S+)/gm
const elsewhere = /^([a-z][a-z0-9+.-]*:|\/\/)/i

/** The targets of a document's links into the repository, as written. */
export const relativeLinks = (markdown: string): ReadonlyArray<string> =>
  [...markdown.replace(fence, '').replace(inlineCode, '').matchAll(link)]
    .map(([, inline, defined]) => inline ?? defined ?? '')
    .filter((target) => target !== '' && !elsewhere.test(target))

/** The anchors a document's headings can be reached by. */
export const anchorsOf = (markdown: string): ReadonlySet<string> =>
  new Set(
    [...markdown.replace(fence, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/\]\([^)]*\)/g, '')
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  )
