import { AggregatorRegistry, Counter, Histogram, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { SeriesCounter, SeriesHistogram } from './series-metrics.ts';

const NAMED = { name: 'seconds', help: 'Durations.', labelNames: ['type', 'way'] as const, buckets: [0.1, 1, 10] };
const COUNTED = { name: 'things_total', help: 'Things.', labelNames: ['type', 'way'] as const };
/** Values on, between and beyond the bounds. */
const SEEN = [0, 0.1, 0.1000001, 1, 5, 10, 11].flatMap((seconds) =>
  (['query', 'mutation'] as const).map((type) => ({ seconds, type, way: seconds > 1 ? 'slow' : 'fast "way"' })),
);

function ownMetrics(): Registry {
  const registry = new Registry();
  const [histogram, counter] = [
    new SeriesHistogram({ ...NAMED, registers: [registry] }),
    new SeriesCounter({ ...COUNTED, registers: [registry] }),
  ];
  for (const { seconds, type, way } of SEEN) {
    histogram.record(seconds, type, way);
    counter.add(2, type, way);
  }
  return registry;
}

function metricsOfLibrary(): Registry {
  const registry = new Registry();
  const [histogram, counter] = [
    new Histogram({ ...NAMED, registers: [registry] }),
    new Counter({ ...COUNTED, registers: [registry] }),
  ];
  for (const { seconds, type, way } of SEEN) {
    histogram.observe({ type, way }, seconds);
    counter.inc({ type, way }, 2);
  }
  return registry;
}

it('What was recorded is read as prom-client would have recorded it, and again later', async () => {
  const [own, library] = [ownMetrics(), metricsOfLibrary()];
  for (let reading = 0; reading < 2; reading++) expect(await own.metrics()).toBe(await library.metrics());
  expect(await own.metrics()).toContain('seconds_bucket{le="1",type="query",way="fast \\"way\\""} 4');
});

it('The figures of several processes add up', async () => {
  const both = async (registry: Registry) =>
    await AggregatorRegistry.aggregate([
      await registry.getMetricsAsJSON(),
      await registry.getMetricsAsJSON(),
    ]).metrics();
  expect(await both(ownMetrics())).toBe(await both(metricsOfLibrary()));
});
