import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkTargetsOf } from '../../src/composition/network-targets.ts';
import { loadConfig } from '../../src/config.ts';
import { freePort } from '../../src/embedded/free-port.ts';
import { NetworkDiagnosis } from '../../src/monitoring/network/network-diagnosis.ts';
import { targetOf } from '../../src/monitoring/network/network-target.ts';
import { SERVICES } from '../../src/service-settings.ts';

const SECRET = 'hunter2hunter2';
let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((socket) => void socket.on('error', () => undefined).end('220 hello\r\n')).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => server.close());

async function probed(address: string, setting: string | null = 'THE_SETTING') {
  const target = targetOf('it', address, setting);
  const targets = () => (target ? [target] : []);
  const diagnosis = new NetworkDiagnosis({ kind: 'api', targets, eachMilliseconds: 1_000, dnsServers: [] });
  const [found] = await diagnosis.run();
  return found;
}

describe('A probe of the network', () => {
  it('says how long it took to connect to an address, and shows no password of it', async () => {
    const found = await probed(`redis://user:${SECRET}@localhost:${port}/0`);
    expect(found).toEqual({
      from: `api@${hostname()}`,
      to: `it (localhost:${port})`,
      ok: true,
      resolvedAddress: expect.stringMatching(/^(?:127\.0\.0\.1|::1)$/),
      latencyMs: expect.any(Number),
      message: null,
    });
  });

  it('says what to do where nothing listens, where there is no such name, and where TLS is wrong', async () => {
    const closed = await freePort();
    expect(await probed(`http://127.0.0.1:${closed}`)).toMatchObject({
      ok: false,
      resolvedAddress: '127.0.0.1',
      latencyMs: null,
      message: `Refused: nothing listens at port ${closed}. Start it, or check the port in THE_SETTING.`,
    });
    const unknown = await probed('https://no-such-host.invalid', null);
    expect(unknown).toMatchObject({ ok: false, resolvedAddress: null, to: 'it (no-such-host.invalid:443)' });
    expect(unknown?.message).toMatch(/^DNS (?:knows no host|does not answer for) no-such-host\.invalid: check the /);
    expect(await probed(`rediss://127.0.0.1:${port}`)).toMatchObject({
      ok: false,
      message: 'TLS: what answers at this port does not speak TLS: check http or https, and the port in THE_SETTING.',
    });
  });

  it('ends in time where a server accepts the connection and is silent', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const silentPort = typeof address === 'object' && address !== null ? address.port : 0;
    const target = targetOf('it', `https://127.0.0.1:${silentPort}`, null);
    const many = Array.from({ length: 9 }, () => target).filter((one) => one !== null);
    const begun = performance.now();
    const found = await new NetworkDiagnosis({
      kind: 'api',
      targets: () => many,
      milliseconds: 400,
      eachMilliseconds: 300,
    }).run();
    expect(performance.now() - begun).toBeLessThan(2_000);
    const messages = found.map(({ message }) => message);
    expect(messages.slice(0, 3)).toEqual(
      Array.from(
        { length: 3 },
        () => 'It accepts the connection and does not answer: it hangs, or does not speak TLS.',
      ),
    );
    expect(messages.at(-1)).toBe('Not tried: the others took all the time. Mend these first.');
    silent.close();
  });

  it('distinguishes a DNS server that is silent from one that knows no such name', async () => {
    const dns = createSocket('udp4');
    dns.bind(0, '127.0.0.1');
    await once(dns, 'listening');
    // NXDOMAIN: the question back, with the bits of an answer.
    dns.on('message', (question, { port: from, address }) => {
      const answer = Buffer.from(question);
      answer.writeUInt16BE(0x8183, 2);
      dns.send(answer, from, address);
    });
    const silent = createSocket('udp4');
    silent.bind(0, '127.0.0.1');
    await once(silent, 'listening');
    const dnsServers = [dns, silent].map((socket) => `127.0.0.1:${socket.address().port}`);
    const target = targetOf('it', 'http://no-such-host.invalid', null);
    const found = await new NetworkDiagnosis({
      kind: 'api',
      targets: () => (target ? [target] : []),
      eachMilliseconds: 500,
      dnsServers,
    }).run();
    for (const socket of [dns, silent]) socket.close();
    expect(found.slice(0, 2).map(({ to, ok }) => [to, ok])).toEqual([
      [`DNS (${dnsServers[0]})`, true],
      [`DNS (${dnsServers[1]})`, false],
    ]);
    expect(found[1]?.message).toMatch(/^This DNS server does not answer \(\w+\)/);
  });
});

describe('The targets of an installation', () => {
  it('have the addresses of services that the adapters have', () => {
    const keys = Object.keys(SERVICES).map((service) => [`${service}_API_KEY`, SECRET]);
    const config = loadConfig({ NODE_ENV: 'test', ...Object.fromEntries(keys) });
    const hosts = networkTargetsOf(config, { databaseUrl: null, redisUrl: null }).map(({ host }) => host);
    expect(hosts.length).toBeGreaterThan(6);
    const adapters = globSync('src/providers/**/*.ts')
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    expect(hosts.filter((host) => !adapters.includes(`https://${host}`))).toEqual([]);
  });

  const settings = {
    NODE_ENV: 'test',
    DATABASE_URL: `postgres://app:${SECRET}@db.example.org/video`,
    DATABASE_REPLICA_URLS: `postgres://app:${SECRET}@replica.example.org:6432/video`,
    REDIS_URL: `rediss://:${SECRET}@redis.example.org`,
    SMTP_URL: `smtps://mailer:${SECRET}@mail.example.org`,
    MAIL_FROM: 'video@example.org',
    OPENAI_API_KEY: SECRET,
    OPENAI_COMPATIBLE_BASE_URL: `http://user:${SECRET}@[::1]:11434/v1`,
    AZURE_SPEECH_API_KEY: SECRET,
    AZURE_SPEECH_REGION: 'westeurope',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://x:${SECRET}@collector:4318/${SECRET}`,
    SENTRY_DSN: `https://${SECRET}@sentry.example.org/42`,
    PROMETHEUS_URL: `http://ops:${SECRET}@prometheus:9090`,
    UPTIME_PING_URL: `https://hc-ping.example.org/${SECRET}`,
    ALERT_SLACK_WEBHOOK_URL: `https://hooks.slack.example.org/services/${SECRET}`,
    ALERT_DISCORD_WEBHOOK_URL_LEAD: `https://discord.example.org/${SECRET}`,
  };

  it('are every host of the settings, and nothing else of an address', () => {
    const targets = networkTargetsOf(loadConfig(settings), { databaseUrl: null, redisUrl: null });
    expect(targets.map(({ name, host, port: at, isTls }) => `${name} ${host} ${at}${isTls ? ' TLS' : ''}`)).toEqual([
      'PostgreSQL db.example.org 5432',
      'PostgreSQL replica replica.example.org 6432',
      'Redis redis.example.org 6379 TLS',
      'SMTP mail.example.org 465 TLS',
      'openai_compatible ::1 11434',
      'openai api.openai.com 443 TLS',
      'azure_speech westeurope.tts.speech.microsoft.com 443 TLS',
      'OpenTelemetry collector collector 4318',
      'Prometheus prometheus 9090',
      'Sentry sentry.example.org 443 TLS',
      'uptime monitor hc-ping.example.org 443 TLS',
      'slack hooks.slack.example.org 443 TLS',
      'discord discord.example.org 443 TLS',
    ]);
    expect(JSON.stringify(targets)).not.toContain(SECRET);
  });

  it('are the servers that the program starts itself where no others are set', () => {
    const own = {
      databaseUrl: `postgresql://a:${SECRET}@127.0.0.1:7001/x`,
      redisUrl: `redis://:${SECRET}@127.0.0.1:7002/0`,
    };
    expect(networkTargetsOf(loadConfig({ NODE_ENV: 'test' }), own)).toEqual([
      { name: 'PostgreSQL', host: '127.0.0.1', port: 7001, isTls: false, setting: null },
      { name: 'Redis', host: '127.0.0.1', port: 7002, isTls: false, setting: null },
    ]);
  });
});
