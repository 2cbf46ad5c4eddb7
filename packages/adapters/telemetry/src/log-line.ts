/** One line of the log; every field is printable as it is. */
export interface LogEntry {
  readonly timestamp: string
  readonly level: string
  readonly message: string
  readonly component: string
  readonly version: string
  readonly hostname: string
  readonly fields: Readonly<Record<string, string | number | boolean>>
}

/** A given field never replaces one that every line has. */
export const jsonLine = ({ fields, ...common }: LogEntry): string => JSON.stringify({ ...common, ...fields, ...common })

const onOneLine = (text: string): string => JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')

const textValue = (value: string | number | boolean): string =>
  typeof value === 'string' && !/^[^\s"=\p{Cc}]+$/u.test(value) ? JSON.stringify(value) : String(value)

/** `TIME LEVEL [component] [version] [host] message key=value …`, for people. */
export const textLine = ({ timestamp, level, message, component, version, hostname, fields }: LogEntry): string =>
  [
    timestamp,
    level.toUpperCase(),
    `[${component}]`,
    `[${version}]`,
    `[${hostname}]`,
    onOneLine(message),
    ...Object.entries(fields).map(([name, value]) => `${name}=${textValue(value)}`),
  ].join(' ')
