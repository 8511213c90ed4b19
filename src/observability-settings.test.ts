import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { observabilityOf, observabilitySettings } from './observability-settings.ts';

const schema = z.object(observabilitySettings);
const read = (settings: Record<string, string>) => observabilityOf(schema.parse(settings));
const problem = (settings: Record<string, string>) =>
  schema.safeParse(settings).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('The metrics of requests', () => {
  it('are on unless turned off', () => {
    expect([read({}).requestMetrics, read({ REQUEST_METRICS: 'false' }).requestMetrics]).toEqual([true, false]);
    expect(problem({ REQUEST_METRICS: 'maybe' })).toHaveLength(1);
  });
});

describe('The settings of traces', () => {
  it('turn them on by the address of a collector', () => {
    expect(read({}).tracing).toBeNull();
    expect(read(ENDPOINT).tracing).toEqual({
      endpoint: 'http://collector:4318',
      headers: {},
      ratio: 1,
      serviceName: 'autovideo',
    });
    expect(problem({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' })).toHaveLength(1);
  });

  it('may have headers, percent-encoded', () => {
    const headers = { OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20key, X-Team = films' };
    expect(read({ ...ENDPOINT, ...headers }).tracing?.headers).toEqual({
      Authorization: 'Bearer key',
      'X-Team': 'films',
    });
    for (const wrong of ['secret', '=secret', 'a b=secret', 'a=%ZZ', 'a=%0d%0asecret', 'a=b,,'])
      expect(problem({ OTEL_EXPORTER_OTLP_HEADERS: wrong })).toEqual([
        'OTEL_EXPORTER_OTLP_HEADERS must look like name=value,name=value, percent-encoded',
      ]);
  });

  it('take a share from 0 to 1', () => {
    for (const share of ['0', '0.25', '1'])
      expect(read({ ...ENDPOINT, OTEL_TRACES_SAMPLER_ARG: share }).tracing?.ratio).toBe(Number(share));
    for (const wrong of ['-0.1', '1.1', 'all']) expect(problem({ OTEL_TRACES_SAMPLER_ARG: wrong })).toHaveLength(1);
  });

  it('bound the name of the service', () => {
    expect(problem({ OTEL_SERVICE_NAME: 'a'.repeat(100) })).toEqual([]);
    expect(problem({ OTEL_SERVICE_NAME: 'a'.repeat(101) })).toHaveLength(1);
  });
});

describe('The address of Sentry', () => {
  it('has a key and a project', () => {
    for (const dsn of ['https://abc123@o1.ingest.sentry.io/42', 'http://abc123@glitchtip:8000/sentry/42'])
      expect(read({ SENTRY_DSN: dsn }).sentryDsn).toBe(dsn);
    for (const dsn of ['https://o1.ingest.sentry.io/42', 'https://abc123@o1.ingest.sentry.io', 'abc123'])
      expect(problem({ SENTRY_DSN: dsn })).toEqual(['SENTRY_DSN must look like https://key@host/project']);
  });
});

it('The address of Prometheus is a web address', () => {
  for (const url of ['http://prometheus:9090', 'https://user:password@metrics.example.org/prometheus'])
    expect(read({ PROMETHEUS_URL: url }).prometheusUrl).toBe(url);
  expect(read({ PROMETHEUS_URL: ' ' }).prometheusUrl).toBeUndefined();
  for (const wrong of ['prometheus:9090', 'ftp://prometheus'])
    expect(problem({ PROMETHEUS_URL: wrong })).toHaveLength(1);
});
