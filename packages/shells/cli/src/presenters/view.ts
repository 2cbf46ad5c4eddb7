import { harmless, onOneLine } from '../output/harmless.ts'
import { jsonText, yamlText } from './data-text.ts'

/** One answer, for people and for programs. */
export interface View {
  /** Ends with a line break. */
  readonly text: string
  readonly data: unknown
}

export const outputFormats = ['table', 'json', 'yaml'] as const

export type OutputFormat = (typeof outputFormats)[number]

export const render = (view: View, format: OutputFormat): string => {
  switch (format) {
    case 'table':
      return harmless(view.text)
    case 'json':
      return jsonText(view.data)
    case 'yaml':
      return yamlText(view.data)
  }
}

/** A view of what has ids. */
export interface NamedView extends View {
  readonly names: ReadonlyArray<string>
}

export type NamedFormat = OutputFormat | 'name'

/** As `name` each id stands on a line of its own. */
export const renderNamed = (view: NamedView, format: NamedFormat): string =>
  format === 'name' ? view.names.map((name) => `${onOneLine(name)}\n`).join('') : render(view, format)
