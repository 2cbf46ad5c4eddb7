/** A block of a document that a comment before it marks as runnable. */
export interface RunnableBlock {
  /** Where its fence stands, counted from 1. */
  readonly line: number
  readonly language: string
  /** Programs without which it cannot run, beside a shell. */
  readonly needs: ReadonlyArray<string>
  readonly text: string
}

const marked = /^<!-- runnable(?:, needs ([\w, -]+))? -->\n```(\w+)\n([^]*?)^```$/gm

/** Which programs run a language, beside those that a block names itself. */
const programsOf: Readonly<Record<string, ReadonlyArray<string>>> = { sh: [], python: ['python3'], go: ['go'] }

/** Every marked block of a document, in its order. */
export const runnableBlocks = (markdown: string): ReadonlyArray<RunnableBlock> =>
  [...markdown.matchAll(marked)].map(({ 0: whole, 1: named = '', 2: language = '', 3: text = '', index }) => ({
    line: markdown.slice(0, index + whole.indexOf('```')).split('\n').length,
    language,
    needs: [...(programsOf[language] ?? [language]), ...named.split(/, */).filter((name) => name !== '')],
    text,
  }))

/** How many comments claim that a block is runnable. */
export const markedCount = (markdown: string): number => markdown.match(/^<!-- *runnable/gm)?.length ?? 0

const commandOf: Readonly<Record<string, (text: string) => string>> = {
  sh: (text) => text,
  python: (text) => `cat > .sandbox/block.py <<'END_OF_BLOCK'\n${text}END_OF_BLOCK\npython3 .sandbox/block.py\n`,
  go: (text) => `cat > .sandbox/block.go <<'END_OF_BLOCK'\n${text}END_OF_BLOCK\ngo run .sandbox/block.go\n`,
}

/** One shell script of all blocks, as somebody types them into one terminal; says where it is on standard error. */
export const scriptOf = (blocks: ReadonlyArray<RunnableBlock>): string =>
  blocks
    .map(({ line, language, text }) => `echo "block at line ${String(line)}" >&2\n${commandOf[language]?.(text) ?? ''}`)
    .join('\n')
