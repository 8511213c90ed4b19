import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCompose, servicesOf } from './compose.ts';

const compose = readCompose();
const monitoring = servicesOf('monitoring');
/** Their images have nothing but the program. */
const WITHOUT_HEALTH_CHECK = ['tempo', 'otel-collector'];
/** What is mounted from the machine and is no file of ours. */
const OF_THE_MACHINE = ['/proc', '/sys'];

it('The containers of the program get the settings of what is reported to others', () => {
  const settings = [
    'OTEL_EXPORTER_OTLP_HEADERS',
    'OTEL_TRACES_SAMPLER_ARG',
    'SENTRY_DSN',
    'UPTIME_PING_URL',
    'RETENTION_ALERTS_DAYS',
    'RETENTION_ARCHIVE',
    'BACKUP_EVERY',
    'BACKUP_KEEP',
  ];
  for (const name of ['api', 'worker'])
    expect(compose.services[name]?.environment, name).toMatchObject(
      Object.fromEntries(settings.map((setting) => [setting, `\${${setting}:-}`])),
    );
});

describe('The profile "monitoring" of docker-compose.yml', () => {
  it('has every part of the stack', () => {
    const exporters = ['node-exporter', 'postgres-exporter', 'redis-exporter'];
    const stack = ['prometheus', 'alertmanager', 'grafana', 'loki', 'tempo', 'otel-collector', ...exporters];
    expect(monitoring.map(([name]) => name)).toEqual(stack);
  });

  it('pins each image to a release', () => {
    for (const [name, { image }] of monitoring)
      expect(image, name).toMatch(/^[a-z0-9./_-]+:v?\d+\.\d+\.\d+(?:-alpine)?$/);
  });

  it('limits processors and memory of each service', () => {
    for (const [name, { deploy, security_opt: options }] of monitoring) {
      expect(deploy?.resources.limits, name).toEqual({
        cpus: expect.stringMatching(/^\d(?:\.\d+)?$/),
        memory: expect.stringMatching(/^\d+[MG]$/),
      });
      expect(options, name).toEqual(['no-new-privileges:true']);
    }
  });

  it('checks the health of each service whose image can, and has the others scraped', () => {
    const unchecked = monitoring.filter(([, { healthcheck }]) => !healthcheck?.test).map(([name]) => name);
    expect(unchecked).toEqual(WITHOUT_HEALTH_CHECK);
    const scraped = readFileSync('deploy/prometheus/prometheus.yml', 'utf8');
    for (const name of unchecked) expect(scraped).toContain(`job_name: ${name}\n`);
  });

  it('opens no port but that of Grafana, on this machine alone', () => {
    const ports = monitoring.flatMap(([name, { ports: opened }]) => opened.map((port) => [name, port]));
    expect(ports).toEqual([['grafana', expect.stringMatching(/^127\.0\.0\.1:\$\{GRAFANA_PORT:-3000\}:3000$/)]]);
  });

  it('mounts only files of deploy/ that exist, read-only, its own volumes, and what exporters measure', () => {
    for (const [name, { volumes }] of monitoring)
      for (const [source = '', , mode] of volumes.map((volume) => volume.split(':'))) {
        if (source.startsWith('./deploy/'))
          expect([existsSync(source), mode], `${name}: ${source}`).toEqual([true, 'ro']);
        else if (source.startsWith('/')) expect([OF_THE_MACHINE.includes(source), mode], name).toEqual([true, 'ro']);
        else expect(Object.keys(compose.volumes), name).toContain(source);
      }
    const films = monitoring.flatMap(([, { volumes }]) => volumes.filter((volume) => volume.startsWith('films:')));
    expect(films).toEqual(['films:/data:ro']);
  });

  it('starts each program with the file that is mounted', () => {
    const withFile = monitoring.flatMap(([name, { command, volumes }]) =>
      command
        .filter((word) => /^-{1,2}config(?:\.file)?=/.test(word))
        .map((word) => ({ name, isMounted: volumes.some((volume) => volume.endsWith(`${word.split('=')[1]}:ro`)) })),
    );
    expect(withFile.map(({ name }) => name)).toEqual(['prometheus', 'alertmanager', 'loki', 'tempo', 'otel-collector']);
    expect(withFile.filter(({ isMounted }) => !isMounted)).toEqual([]);
  });

  it('has each secret in a file, from a setting that .env.example describes', () => {
    const used = monitoring.flatMap(([, { secrets }]) => secrets);
    expect(used.sort()).toEqual(Object.keys(compose.secrets).sort());
    const documented = readFileSync('.env.example', 'utf8');
    for (const { environment } of Object.values(compose.secrets)) expect(documented).toContain(`#${environment}=\n`);
    const named = ['deploy/prometheus/prometheus.yml', 'deploy/alertmanager/alertmanager.yml', 'docker-compose.yml']
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\/run\/secrets\/(\w+)/g)])
      .map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual(Object.keys(compose.secrets).sort());
  });
});

it('The API and the worker send traces only where .env says so', () => {
  for (const name of ['api', 'worker'])
    expect(compose.services[name]?.environment).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: expect.stringMatching(/^\$\{OTEL_EXPORTER_OTLP_ENDPOINT:-\}$/),
    });
});

it('Prometheus scrapes services of docker-compose.yml and nothing else', () => {
  const text = readFileSync('deploy/prometheus/prometheus.yml', 'utf8');
  const hosts = [
    ...Array.from(text.matchAll(/targets: \['([a-z-]+):\d+'\]/g), ([, host]) => host),
    ...Array.from(text.matchAll(/names: \[([a-z-]+)\]/g), ([, host]) => host),
  ].filter((host) => host !== 'localhost');
  expect(hosts.length).toBeGreaterThan(8);
  const known = new Set<string | undefined>(Object.keys(compose.services));
  expect(hosts.filter((host) => !known.has(host))).toEqual([]);
});
