import { Counter, type CounterConfiguration, Histogram, type HistogramConfiguration } from 'prom-client';

type Labels = Record<string, string>;

/** The series of a metric, by the values of their labels one after the other: to join the values into a key takes longer than all the rest. */
class SeriesTree<Series> {
  readonly #branches = new Map<string, SeriesTree<Series>>();
  #series: Series | undefined;

  /** `make` is called for values that come for the first time. */
  find(values: readonly string[], make: () => Series): Series {
    let place: SeriesTree<Series> = this;
    for (const value of values) place = place.#branch(value);
    place.#series ??= make();
    return place.#series;
  }

  #branch(value: string): SeriesTree<Series> {
    const known = this.#branches.get(value);
    if (known) return known;
    const branch = new SeriesTree<Series>();
    this.#branches.set(value, branch);
    return branch;
  }
}

interface Count {
  readonly labels: Labels;
  count: number;
}

/**
 * A counter for what happens with each request. prom-client sorts and joins the labels of every single count; here the values lead to
 * their series, and prom-client gets the sums when they are read.
 */
export class SeriesCounter<Label extends string> {
  readonly #names: readonly string[];
  readonly #tree = new SeriesTree<Count>();
  readonly #series: Count[] = [];

  constructor(configuration: Omit<CounterConfiguration<Label>, 'collect'> & { readonly labelNames: readonly Label[] }) {
    this.#names = configuration.labelNames;
    const series = this.#series;
    new Counter<string>({
      ...configuration,
      collect() {
        this.reset();
        for (const { labels, count } of series) this.inc(labels, count);
      },
    });
  }

  /** The values are in the order of the label names. */
  add(count: number, ...values: readonly string[]): void {
    this.#tree.find(values, () => this.#begin(values)).count += count;
  }

  #begin(values: readonly string[]): Count {
    const series = { labels: labelsOf(this.#names, values), count: 0 };
    this.#series.push(series);
    return series;
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
  readonly #tree = new SeriesTree<Series>();
  readonly #series: Series[] = [];

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
    const series = this.#tree.find(values, () => this.#begin(values));
    series.sum += value;
    let bucket = 0;
    for (const bound of this.#bounds) if (value > bound) bucket++;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
  }

  /** prom-client, whose version is exact, reads a histogram by this method alone: for its text, and in `get`. */
  async getForPromString(): Promise<object> {
    const values = this.#series.flatMap((series) => this.#valuesOf(series));
    return { name: this.#name, help: this.#help, type: 'histogram', aggregator: 'sum', values };
  }

  #begin(values: readonly string[]): Series {
    const counts = Array.from({ length: this.#bounds.length + 1 }, () => 0);
    const series = { labels: labelsOf(this.#names, values), counts, sum: 0 };
    this.#series.push(series);
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
