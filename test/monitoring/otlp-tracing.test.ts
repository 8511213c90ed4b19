import { afterEach, describe, expect, it } from 'vitest';
import { type OtlpOptions, OtlpTracing } from '../../src/monitoring/otlp-tracing.ts';
import { FakeService } from '../fakes/fake-service.ts';
import { OtlpCollector } from '../fakes/otlp-collector.ts';

const TRACE = 'a1'.repeat(16);
const [REQUEST, CALLER] = ['b2'.repeat(8), 'c3'.repeat(8)];

let collector: OtlpCollector;
const faults: unknown[] = [];
afterEach(async () => {
  await collector?.close();
  faults.length = 0;
});

const opened = (options: Partial<OtlpOptions> = {}) =>
  new OtlpTracing({
    endpoint: collector.url,
    headers: {},
    ratio: 1,
    serviceName: 'autovideo',
    version: '1.2.3',
    onFault: (thrown) => faults.push(thrown),
    ...options,
  });
const place = { traceId: TRACE, parentSpanId: null } as const;

describe('Spans for a collector', () => {
  it('have the ids that they were given, and their parts the ids of the whole', async () => {
    collector = await OtlpCollector.start({ authorization: 'Bearer key' });
    const tracing = opened({ endpoint: `${collector.url}/`, headers: { authorization: 'Bearer key' } });
    const request = { traceId: TRACE, spanId: REQUEST, parentSpanId: CALLER, kind: 'server' } as const;
    const span = tracing.begin({ ...request, name: 'graphql query', attributes: { way: 'apollo', tries: 2 } });
    const part = tracing.begin({ traceId: TRACE, parentSpanId: span.spanId, name: 'part', kind: 'internal' });
    part.end('OPENAI_TIMEOUT', { status: 'timeout' });
    span.end();
    await tracing.close();
    const whole = { traceId: TRACE, service: 'autovideo' };
    const error = { isError: true, attributes: { status: 'timeout', 'error.type': 'OPENAI_TIMEOUT' } };
    expect(collector.spans).toEqual([
      { ...whole, name: 'part', spanId: part.spanId, parentSpanId: REQUEST, ...error },
      {
        ...whole,
        name: 'graphql query',
        spanId: REQUEST,
        parentSpanId: CALLER,
        isError: false,
        attributes: { way: 'apollo', tries: 2 },
      },
    ]);
    expect(part.spanId).not.toBe(REQUEST);
  });

  it('get ids of their own where none were given', async () => {
    collector = await OtlpCollector.start();
    const tracing = opened();
    const ids = ['one', 'two'].map((name) => {
      const span = tracing.begin({ ...place, name, kind: 'consumer' });
      span.end();
      return span.spanId;
    });
    await tracing.close();
    expect(new Set(ids).size).toBe(2);
    expect(collector.spans.map(({ spanId, parentSpanId }) => ({ spanId, parentSpanId }))).toEqual(
      ids.map((spanId) => ({ spanId, parentSpanId: undefined })),
    );
  });

  it('are recorded for the given share of traces, and a trace as a whole', async () => {
    collector = await OtlpCollector.start();
    const [none, half] = [opened({ ratio: 0 }), opened({ ratio: 0.5 })];
    none.begin({ ...place, name: 'none', kind: 'server' }).end();
    // The share is decided by the trace id.
    for (const traceId of ['0'.repeat(31).concat('1'), 'f'.repeat(8).concat('0'.repeat(24))])
      for (const name of ['whole', 'part']) half.begin({ traceId, parentSpanId: CALLER, name, kind: 'server' }).end();
    await Promise.all([none.close(), half.close()]);
    expect(collector.spans.map(({ name, traceId }) => `${name} ${traceId.slice(0, 1)}`)).toEqual(['whole 0', 'part 0']);
  });

  it('are dropped where there is no collector, which is reported once, and does not keep the process from its end', async () => {
    collector = await OtlpCollector.start();
    const silent = await FakeService.start(() => 'hang');
    const tracing = opened({ endpoint: silent.url });
    await silent.close();
    for (let i = 0; i < 5_000; i++) tracing.begin({ ...place, name: 'lost', kind: 'server' }).end();
    await tracing.close();
    expect(faults.map((thrown) => String(thrown))).toEqual([expect.stringContaining('ECONNREFUSED')]);
  });
});
