import { harmless } from '../output/harmless.ts'
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
