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

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')

/** Foreign text reaches terminals and viewers only as they can show it: no control, direction or hidden character. */
const visible = (line: string): string => line.replace(invisible, escaped)

/** A given field never replaces one that every line has. */
export const jsonLine = ({ fields, ...common }: LogEntry): string =>
  visible(JSON.stringify({ ...common, ...fields, ...common }))

const onOneLine = (text: string): string => JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')

const textValue = (value: string | number | boolean): string =>
  typeof value === 'string' && !/^[^\s"=\p{Cc}]+$/u.test(value) ? JSON.stringify(value) : String(value)

/** `TIME LEVEL [component] [version] [host] message key=value …`, for people. */
export const textLine = ({ timestamp, level, message, component, version, hostname, fields }: LogEntry): string =>
  visible(
    [
      timestamp,
      level.toUpperCase(),
      `[${component}]`,
      `[${version}]`,
      `[${hostname}]`,
      onOneLine(message),
      ...Object.entries(fields).map(([name, value]) => `${name}=${textValue(value)}`),
    ].join(' '),
  )
