import { parse } from 'yaml'
import type { ValueSchema } from './render-chart-schema.ts'

const heading = '## Values'

/** One value of the chart that can be set. */
export interface ChartValue {
  readonly path: string
  readonly fallback: unknown
  /** Undefined for a value that the schema does not describe. */
  readonly meaning?: string
}

const isSection = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0

const valuesBelow = (path: string, value: unknown, schema: ValueSchema | undefined): ReadonlyArray<ChartValue> => {
  const properties = schema?.properties
  if (path !== '' && (!isSection(value) || properties === undefined))
    return [{ path, fallback: value, meaning: schema?.description }]
  return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([key, below]) =>
    valuesBelow(path === '' ? key : `${path}.${key}`, below, properties?.[key]),
  )
}

/** Everything in `values.yaml`, with its meaning from `values.schema.json`. What has no described keys is whole. */
export const chartValues = (valuesText: string, schemaText: string): ReadonlyArray<ChartValue> =>
  valuesBelow('', parse(valuesText), JSON.parse(schemaText) as ValueSchema)

const rowOf = ({ path, fallback, meaning = '' }: ChartValue): string => {
  const shown = JSON.stringify(fallback)
  return `| \`${path}\` | ${shown === '""' || shown === 'null' ? '' : `\`${shown}\``} | ${meaning} |`
}

/** The README of the chart with the table of its values. @throws Error for a page without that section */
export const renderChartValues = (page: string, valuesText: string, schemaText: string): string => {
  const start = page.indexOf(`${heading}\n`)
  const end = page.indexOf('\n## ', start + 1) + 1
  if (start < 0 || end === 0) throw new Error(`the page needs a section "${heading}" that another one follows`)
  const section = `${heading}

Written by \`npm run reference-pages\` from \`values.yaml\` and \`values.schema.json\`, by which Helm checks them.

| Value | Default | Meaning |
| --- | --- | --- |
${chartValues(valuesText, schemaText).map(rowOf).join('\n')}

`
  return page.slice(0, start) + section + page.slice(end)
}
