import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { chartFolder } from './chart-files.ts'

export type Values = Readonly<Record<string, unknown>>

const isSection = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lays values over others as Helm does: sections merge, null removes, anything else replaces. */
export const mergedValues = (under: Values, over: Values): Values => {
  const merged = Object.entries(over).map(([key, value]): readonly [string, unknown] => {
    const below = under[key]
    return [key, isSection(value) && isSection(below) ? mergedValues(below, value) : value]
  })
  return Object.fromEntries([...Object.entries(under), ...merged].filter(([key]) => over[key] !== null))
}

const read = (file: string): string => readFileSync(file, 'utf8')

export const readValues = (file: string): Values => parse(read(file)) as Values

export const defaultValues = (): Values => readValues(join(chartFolder, 'values.yaml'))

/** What Helm says of values before it renders anything: where each fault is; none where all is well. */
export const schemaFaults = (): ((values: Values) => ReadonlyArray<string>) => {
  const schema = JSON.parse(read(join(chartFolder, 'values.schema.json'))) as object
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema)
  return (values) =>
    validate(values)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`)
}
