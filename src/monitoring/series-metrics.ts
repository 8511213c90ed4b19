import { Counter, type CounterConfiguration, Histogram, type HistogramConfiguration } from 'prom-client';

type Labels = Record<string, string>;

/**
 * A counter for what happens with each request. prom-client sorts and joins the labels of every single count; here the values are the
 * key of their series, and prom-client gets the sums when they are read.
 */
export class SeriesCounter<Label extends string> {
  readonly #names: readonly string[];
  readonly #series = new Map<string, { readonly labels: Labels; count: number }>();

  constructor(configuration: Omit<CounterConfiguration<Label>, 'collect'> & { readonly labelNames: readonly Label[] }) {
    this.#names = configuration.labelNames;
    const series = this.#series;
    new Counter<string>({
      ...configuration,
      collect() {
        this.reset();
        for (const { labels, count } of series.values()) this.inc(labels, count);
      },
    });
  }

  /** The values are in the order of the label names. */
  add(count: number, ...values: readonly string[]): void {
    const key = values.join(' ');
    const known = this.#series.get(key);
    if (known) known.count += count;
    else this.#series.set(key, { labels: labelsOf(this.#names, values), count });
  }
}

interface Series {
  readonly labels: Labels;
  /** Of each bucket: the values up to its bound and above the bound before. The last one has no bound. */
  readonly counts: number[];
  sum: number;
}

/** A histogram in the same way: see `SeriesCounter`. Only `record` adds to it. */
export class SeriesHistogram<Label extends string> extends Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #names: readonly string[];
  readonly #bounds: readonly number[];
  readonly #series = new Map<string, Series>();

  constructor(
    configuration: HistogramConfiguration<Label> & {
      readonly labelNames: readonly Label[];
      readonly buckets: number[];
    },
  ) {
    super(configuration);
    this.#name = configuration.name;
    this.#help = configuration.help;
    this.#names = configuration.labelNames;
    this.#bounds = configuration.buckets;
  }

  /** The labels' values are in the order of their names. */
  record(value: number, ...values: readonly string[]): void {
    const series = this.#seriesOf(values);
    series.sum += value;
    let bucket = 0;
    for (const bound of this.#bounds) if (value > bound) bucket++;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
  }

  /** prom-client, whose version is exact, reads a histogram by this method alone: for its text, and in `get`. */
  async getForPromString(): Promise<object> {
    const values = [...this.#series.values()].flatMap((series) => this.#valuesOf(series));
    return { name: this.#name, help: this.#help, type: 'histogram', aggregator: 'sum', values };
  }

  #seriesOf(values: readonly string[]): Series {
    const key = values.join(' ');
    const known = this.#series.get(key);
    if (known) return known;
    const counts = Array.from({ length: this.#bounds.length + 1 }, () => 0);
    const series = { labels: labelsOf(this.#names, values), counts, sum: 0 };
    this.#series.set(key, series);
    return series;
  }

  /** As Prometheus wants a histogram: a bucket has all values up to its bound. */
  #valuesOf({ labels: sharedLabels, counts, sum }: Series): object[] {
    let count = 0;
    const buckets = counts.map((inBucket, at) => {
      count += inBucket;
      return {
        metricName: `${this.#name}_bucket`,
        labels: { le: this.#bounds[at] ?? '+Inf' },
        sharedLabels,
        value: count,
      };
    });
    return [
      ...buckets,
      { metricName: `${this.#name}_sum`, labels: {}, sharedLabels, value: sum },
      { metricName: `${this.#name}_count`, labels: {}, sharedLabels, value: count },
    ];
  }
}

function labelsOf(names: readonly string[], values: readonly string[]): Labels {
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']));
}
