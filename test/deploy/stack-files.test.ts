import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readCompose } from './compose.ts';

/** These programs cannot run here: their files are parsed, and compared with what the others expect of them. */
const read = (path: string): unknown => parse(readFileSync(path, 'utf8'));
const services = readCompose().services;

/** Whether an address is one of a service of docker-compose.yml. */
const isService = (url: string) => new URL(url).hostname in services;

describe('Grafana', () => {
  const file = z.strictObject({
    apiVersion: z.literal(1),
    datasources: z.array(
      z.strictObject({
        name: z.string(),
        uid: z.string(),
        type: z.string(),
        access: z.literal('proxy'),
        url: z.string(),
        isDefault: z.boolean().optional(),
        editable: z.literal(false),
        jsonData: z.record(z.string(), z.unknown()),
      }),
    ),
  });
  const { datasources } = file.parse(read('deploy/grafana/provisioning/datasources/datasources.yml'));

  it('reads metrics, the log and traces from services that run beside it', () => {
    expect(datasources.map(({ uid, type }) => `${uid} ${type}`)).toEqual([
      'prometheus prometheus',
      'loki loki',
      'tempo tempo',
    ]);
    expect(datasources.filter(({ url }) => !isService(url))).toEqual([]);
    expect(datasources.filter(({ isDefault }) => isDefault).map(({ uid }) => uid)).toEqual(['prometheus']);
  });

  it('leads from a line of the log to its trace and back, with sources that exist', () => {
    const text = JSON.stringify(datasources);
    const named = Array.from(text.matchAll(/"datasourceUid":"(\w+)"/g), ([, uid]) => uid);
    expect(named).toEqual(['tempo', 'loki']);
    // A dollar sign in these files begins a variable of the environment, unless it is doubled.
    expect(text.match(/(?<!\$)\$\{/g)).toBeNull();
  });

  it('finds the dashboards where they are mounted', () => {
    const provider = z.object({ providers: z.array(z.object({ options: z.object({ path: z.string() }) }).loose()) });
    const { providers } = provider.parse(read('deploy/grafana/provisioning/dashboards/dashboards.yml'));
    const paths = providers.map(({ options }) => options.path);
    expect(paths).toEqual(['/etc/grafana/dashboards']);
    expect(services['grafana']?.volumes).toContain(`./deploy/grafana/dashboards:${paths[0]}:ro`);
  });

  it('has dashboards that ask only these sources', () => {
    const panel = z.object({ title: z.string(), datasource: z.object({ type: z.string(), uid: z.string() }) });
    const dashboard = z.object({ uid: z.string(), panels: z.array(panel.loose()) });
    const folder = 'deploy/grafana/dashboards';
    const all = readdirSync(folder).map((name) =>
      dashboard.parse(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))),
    );
    const asked = new Set(all.flatMap(({ panels }) => panels.map(({ datasource: { uid, type } }) => `${uid} ${type}`)));
    expect([...asked].sort()).toEqual(['loki loki', 'prometheus prometheus']);
    expect(new Set(all.map(({ uid }) => uid)).size).toBe(all.length);
  });
});

describe('Loki', () => {
  const {
    server,
    limits_config: limits,
    compactor,
    schema_config: schema,
  } = z
    .looseObject({
      server: z.looseObject({ http_listen_port: z.number() }),
      limits_config: z.looseObject({ retention_period: z.string(), allow_structured_metadata: z.boolean() }),
      compactor: z.looseObject({ retention_enabled: z.boolean(), delete_request_store: z.string() }),
      schema_config: z.object({ configs: z.array(z.looseObject({ store: z.string(), schema: z.string() })) }),
    })
    .parse(read('deploy/loki/loki.yml'));

  it('keeps lines as long as the files of the log, and deletes older ones', () => {
    expect(limits.retention_period).toBe(`${30 * 24}h`);
    expect(compactor).toMatchObject({ retention_enabled: true, delete_request_store: 'filesystem' });
  });

  it('takes lines with their fields from the collector', () => {
    expect(server.http_listen_port).toBe(3_100);
    expect(limits.allow_structured_metadata).toBe(true);
    // Structured metadata needs these.
    expect(schema.configs).toEqual([expect.objectContaining({ store: 'tsdb', schema: 'v13' })]);
  });
});

describe('The collector', () => {
  const parts = z.record(z.string(), z.unknown());
  const config = z
    .object({
      extensions: parts,
      receivers: parts,
      processors: parts,
      exporters: z.record(z.string(), z.strictObject({ endpoint: z.string() })),
      service: z.looseObject({
        extensions: z.array(z.string()),
        pipelines: z.record(
          z.string(),
          z.strictObject({
            receivers: z.array(z.string()),
            processors: z.array(z.string()),
            exporters: z.array(z.string()),
          }),
        ),
      }),
    })
    .parse(read('deploy/otel-collector/config.yml'));
  const pipelines = Object.values(config.service.pipelines);

  it('has traces and the log in a pipeline each, of parts that are configured', () => {
    expect(Object.keys(config.service.pipelines)).toEqual(['traces', 'logs']);
    for (const kind of ['receivers', 'processors', 'exporters'] as const)
      expect(new Set(pipelines.flatMap((pipeline) => pipeline[kind])), kind).toEqual(
        new Set(Object.keys(config[kind])),
      );
    expect(config.service.extensions).toEqual(Object.keys(config.extensions));
  });

  it('bounds its memory before anything else', () => {
    for (const { processors } of pipelines) expect(processors[0]).toBe('memory_limiter');
  });

  it('sends to services that run beside it', () => {
    const endpoints = Object.values(config.exporters).map(({ endpoint }) => endpoint);
    expect(endpoints.filter((endpoint) => !isService(endpoint))).toEqual([]);
  });

  it('takes traces where Tempo does, and reads the files of the log where they are mounted', () => {
    const otlp = z.object({
      protocols: z.object({ http: z.object({ endpoint: z.literal('0.0.0.0:4318') }) }),
    });
    const tempo = z.looseObject({ distributor: z.object({ receivers: z.object({ otlp }) }) });
    expect(() => tempo.parse(read('deploy/tempo/tempo.yml'))).not.toThrow();
    expect(() => otlp.parse(config.receivers['otlp'])).not.toThrow();
    expect(config.receivers['filelog']).toMatchObject({ include: ['/data/logs/app-*.log'] });
    expect(services['otel-collector']?.volumes).toContain('films:/data:ro');
  });
});

it('Every program writes to a volume', () => {
  const written: Record<string, string> = { tempo: '/tempo-data', loki: '/loki', 'otel-collector': '/var/lib/otelcol' };
  const files = ['deploy/tempo/tempo.yml', 'deploy/loki/loki.yml', 'deploy/otel-collector/config.yml'];
  const texts = files.map((path) => readFileSync(path, 'utf8')).join('\n');
  for (const [name, folder] of Object.entries(written)) {
    expect(
      services[name]?.volumes.some((volume) => volume.endsWith(`:${folder}`)),
      name,
    ).toBe(true);
    expect(texts).toContain(folder);
  }
});
