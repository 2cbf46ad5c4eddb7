import type { Meter, MeterLabels } from '@pull-secret/domain'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import {
  counterDefinitions,
  followedGaugeDefinitions,
  type FollowedGaugeName,
  gaugeDefinitions,
  histogramDefinitions,
} from './metric-definitions.ts'

/** One sample of a gauge. */
export interface GaugeValue {
  readonly value: number
  readonly labels: MeterLabels
}

export interface PrometheusMeter extends Meter {
  /** From now on a gauge shows these values, asked for anew whenever metrics are rendered, and no others. */
  readonly follow: (name: FollowedGaugeName, values: () => ReadonlyArray<GaugeValue>) => () => void
  /** Every metric in the Prometheus text format. */
  readonly render: () => Promise<string>
  /** The media type of what `render` gives. */
  readonly contentType: string
}

export interface PrometheusMeterOptions {
  /** Label `component` of every metric. */
  readonly component: string
  /** Label `version` of every metric. */
  readonly version: string
  /** The source revision of the build. */
  readonly commit?: string
}

const prefix = 'hyperfleet_pull_secret_service_'

const mapValues = <K extends string, A, B>(
  record: Readonly<Record<K, A>>,
  make: (name: K, value: A) => B,
): Record<K, B> =>
  Object.fromEntries(
    (Object.entries(record) as Array<[K, A]>).map(([name, value]) => [name, make(name, value)]),
  ) as Record<K, B>

/** prom-client throws on a label it was not told about. */
const knownLabels = (labels: MeterLabels, known: ReadonlyArray<string>): Record<string, string> => {
  const kept: Record<string, string> = {}
  for (const name of known) {
    const value = labels[name]
    if (value !== undefined) kept[name] = value
  }
  return kept
}

/**
 * Counts in this process and renders for Prometheus, metrics of the process and of Node included. A label that a metric
 * does not define is left out; a value that is no finite number is not recorded.
 */
export const makePrometheusMeter = ({
  component,
  version,
  commit = 'unknown',
}: PrometheusMeterOptions): PrometheusMeter => {
  const registry = new Registry()
  registry.setDefaultLabels({ component, version })
  collectDefaultMetrics({ register: registry })
  // Its own label `version` would hide ours; build_info tells the version of Node.
  registry.removeSingleMetric('nodejs_version_info')
  new Gauge({ name: `${prefix}up`, help: '1 while this process runs', registers: [registry] }).set(1)
  new Gauge({
    name: `${prefix}build_info`,
    help: 'Version of this build',
    labelNames: ['commit', 'node_version'],
    registers: [registry],
  }).set({ commit, node_version: process.version }, 1)

  const common = (name: string, help: string, labels: ReadonlyArray<string>) => ({
    name: prefix + name,
    help,
    labelNames: [...labels],
    registers: [registry],
  })
  const counters = mapValues(counterDefinitions, (name, { help, labels }) => new Counter(common(name, help, labels)))
  const gauges = mapValues(gaugeDefinitions, (name, { help, labels }) => new Gauge(common(name, help, labels)))
  const followed: Partial<Record<FollowedGaugeName, () => ReadonlyArray<GaugeValue>>> = {}
  mapValues(
    followedGaugeDefinitions,
    (name, { help, labels }) =>
      new Gauge({
        ...common(name, help, labels),
        collect() {
          this.reset()
          for (const one of followed[name]?.() ?? []) this.set(knownLabels(one.labels, labels), one.value)
        },
      }),
  )
  const histograms = mapValues(
    histogramDefinitions,
    (name, { help, labels, buckets }) => new Histogram({ ...common(name, help, labels), buckets: [...buckets] }),
  )

  return {
    count: (name, labels) => () => counters[name].inc(knownLabels(labels, counterDefinitions[name].labels)),
    observe: (name, value, labels) => () => {
      if (Number.isFinite(value))
        histograms[name].observe(knownLabels(labels, histogramDefinitions[name].labels), value)
    },
    set: (name, value, labels) => () => {
      if (Number.isFinite(value)) gauges[name].set(knownLabels(labels, gaugeDefinitions[name].labels), value)
    },
    follow: (name, values) => () => {
      followed[name] = values
    },
    render: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
