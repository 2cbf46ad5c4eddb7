import { stringify } from 'yaml'

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
      return view.text
    case 'json':
      return `${JSON.stringify(view.data, undefined, 2)}\n`
    case 'yaml':
      return stringify(view.data)
  }
}
