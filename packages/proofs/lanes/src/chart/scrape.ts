import type { Matcher, NamedSeries } from './named-series.ts'

/** One line of a scrape. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
}

/** What a server told when it was scraped. */
export interface Scrape {
  readonly samples: ReadonlyArray<Sample>
  /** The metrics that are declared. Those with labels have no sample before something happened. */
  readonly declared: ReadonlySet<string>
}

const label = /(\w+)="((?:[^"\\]|\\.)*)"/g

const toSample = (line: string): Sample => {
  const [, name = '', braces = ''] = /^([\w:]+)(\{.*\})?/.exec(line) ?? []
  const labels = [...braces.matchAll(label)].map(([, key = '', value = '']): readonly [string, string] => [key, value])
  return { name, labels: Object.fromEntries(labels) }
}

/** Reads the text format of Prometheus. */
export const parseScrape = (text: string): Scrape => {
  const lines = text.split('\n').filter((line) => line !== '')
  return {
    samples: lines.filter((line) => !line.startsWith('#')).map(toSample),
    declared: new Set(lines.flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? [])),
  }
}

/** What Prometheus adds to every series of a target. */
const ofTarget = new Set(['namespace', 'job', 'pod', 'instance', 'service'])

const holds =
  ({ labels }: Sample) =>
  ({ label: name, operator, value }: Matcher): boolean => {
    const found = labels[name]
    if (ofTarget.has(name)) return true
    if (found === undefined) return false
    switch (operator) {
      case '=':
        return found === value
      case '!=':
        return found !== value
      case '=~':
        return new RegExp(`^(?:${value})$`).test(found)
      case '!~':
        return !new RegExp(`^(?:${value})$`).test(found)
    }
  }

/** Whether a scrape shows a series; one without conditions on its own labels need only be declared. */
export const shows = ({ samples, declared }: Scrape, { name, matchers }: NamedSeries): boolean => {
  const isDeclaredAlone = declared.has(name) && matchers.every((one) => ofTarget.has(one.label))
  return isDeclaredAlone || samples.some((sample) => sample.name === name && matchers.every(holds(sample)))
}

/** The labels that a scrape shows, or that a target has. */
export const labelsOf = ({ samples }: Scrape): ReadonlySet<string> =>
  new Set([...ofTarget, ...samples.flatMap(({ labels }) => Object.keys(labels))])
