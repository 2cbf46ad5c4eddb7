import { globSync, readFileSync } from 'node:fs'
import { extendKeyRing, newToken, tokenListText } from '@pull-secret/composition/server'
import { expect } from 'chai'
import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { makeProgram } from '../src/make-program.ts'
import { recordedProcessContext } from './process-context.ts'

const root = new URL('../../../../', import.meta.url)
const documents = globSync(['*.md', 'docs/**/*.md', '{packages,packages/*,examples}/*/README.md'], {
  cwd: root.pathname,
}).sort()

interface Block {
  readonly document: string
  readonly text: string
}

const blocksOf = (language: string, names: ReadonlyArray<string> = documents): ReadonlyArray<Block> =>
  names.flatMap((document) =>
    [
      ...readFileSync(new URL(document, root), 'utf8').matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm')),
    ].map(([, text = '']) => ({ document, text })),
  )

const withoutWork = (command: Command): void => {
  if (command.commands.length === 0) command.action(() => undefined)
  command.commands.forEach(withoutWork)
}

/** Why the command line is refused, from its words after the program's name; undefined when it is understood. */
const problemOf = (words: ReadonlyArray<string>): string | undefined => {
  const { processContext, stderr } = recordedProcessContext()
  const program = makeProgram({ processContext, version: '0', settle: () => undefined, explain: () => undefined })
  withoutWork(program)
  const parsed = E.tryCatch(
    () => program.parse(words, { from: 'user' }),
    () => stderr(),
  )
  return E.isLeft(parsed) ? parsed.left : undefined
}

/** The command that these words begin with; undefined where there is none of that name. */
const commandOf = (words: ReadonlyArray<string>, within?: Command): Command | undefined => {
  const { processContext } = recordedProcessContext()
  const parent =
    within ?? makeProgram({ processContext, version: '0', settle: () => undefined, explain: () => undefined })
  if (parent.commands.length === 0) return parent
  const [name, ...rest] = words
  const found = parent.commands.find((command) => command.name() === name)
  if (found === undefined) return name === undefined || !/^[a-z]/.test(name) ? parent : undefined
  return commandOf(rest, found)
}

const unquoted = (word: string): string => word.replace(/^(['"])(.*)\1$/, '$2')

const wordsOf = (command: string): ReadonlyArray<string> => {
  const words = command.trim().match(/'[^']*'|"[^"]*"|\S+/g) ?? []
  const redirection = words.findIndex((word) => /^\d?[<>]/.test(word))
  return words.slice(0, redirection < 0 ? undefined : redirection).map(unquoted)
}

/** The words after `pull-secret` of each command in a piece of shell. */
const commandLinesIn = (shell: string): ReadonlyArray<ReadonlyArray<string>> =>
  shell
    .replaceAll(/\\\n/g, ' ')
    // What follows a pair of dashes runs in a container.
    .split(/\n|\s(?:\||;|&&|--)\s|\s#\s/)
    .map((command) => wordsOf(command.replace(/^(\s*\w+=\S+)+\s/, '')))
    .filter(([program]) => program === 'pull-secret')
    .map(([, ...words]) => words)

const templates = new URL('packages/helm-chart/templates/', root)

/** The arguments of the containers that the chart makes, whatever it leaves out by its values. */
const containerArguments = globSync('*.{yaml,tpl}', { cwd: templates.pathname }).flatMap((file) =>
  [...readFileSync(new URL(file, templates), 'utf8').matchAll(/^ *args: \[(.*)\]$/gm)].map(([, args = '']) =>
    args.replaceAll(/\{\{.*?\}\}/g, '').split(', '),
  ),
)

describe('the examples of the documents', () => {
  it('use commands and options that exist', () => {
    const lines = blocksOf('sh').flatMap(({ document, text }) =>
      commandLinesIn(text).map((words) => ({ document, words })),
    )
    expect(lines.filter(({ document }) => document === 'docs/run-it-yourself.md')).to.have.length.above(5)
    for (const { document, words } of lines)
      expect(problemOf(words), `${document}: ${words.join(' ')}`).to.equal(undefined)
  })

  it('name in a sentence only commands and options that exist', () => {
    const spans = documents.flatMap((document) =>
      [...readFileSync(new URL(document, root), 'utf8').matchAll(/`(pull-secret [a-z][^`\n]*)`/g)].map(
        ([, text = '']) => ({
          document,
          options: text.match(/--[a-z-]+/g) ?? [],
          command: commandOf(text.split(/\s+/).slice(1)),
        }),
      ),
    )
    expect(spans).to.have.length.above(50)
    for (const { document, options, command } of spans) {
      expect(command, document).not.to.equal(undefined)
      const known = ['--help', ...(command?.options.map(({ long }) => long) ?? [])]
      for (const option of options) expect(known, `${document}: ${option}`).to.include(option)
    }
  })

  it('would be found out otherwise', () => {
    for (const shell of ['pull-secret jobs run nothing', 'A=b pull-secret get', 'true | pull-secret get c --token t'])
      expect(commandLinesIn(shell).map(problemOf)).to.have.length(1).and.not.include(undefined)
  })

  it('give containers of the chart arguments that the command takes', () => {
    expect(containerArguments).to.have.length.above(2)
    for (const args of containerArguments) expect(problemOf(args), args.join(' ')).to.equal(undefined)
  })

  it('show key ring and token file as the commands make them', () => {
    const [ring, tokens] = blocksOf('json', ['docs/run-it-yourself.md']).map(({ text }) => text)
    const filled = ring?.replace('32 bytes in base64', Buffer.alloc(32).toString('base64')) ?? ''
    expect(extendKeyRing(filled, 0, { standby: false })).to.satisfy(E.isRight)
    const [shown] = JSON.parse(tokens ?? '') as ReadonlyArray<{ subject: string; permissions: ReadonlyArray<string> }>
    if (shown === undefined) throw new Error('the page shows no token')
    const made = tokenListText(newToken(), shown)
    if (E.isLeft(made)) throw new Error(made.left)
    const [known] = JSON.parse(made.right) as ReadonlyArray<object>
    expect({ ...known, token_sha256: '64 lower-case hexadecimal digits' }).to.deep.equal(shown)
  })
})
