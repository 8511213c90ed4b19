import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dIdCredits } from '../../../src/providers/quotas/d-id-credits.ts';
import { elevenlabsSubscription } from '../../../src/providers/quotas/elevenlabs-subscription.ts';
import { stabilityBalance } from '../../../src/providers/quotas/stability-balance.ts';
import { readServiceSettings, type ServiceSettings } from '../../../src/service-settings.ts';
import { dIdCredits as dIdFake } from '../../fakes/d-id-credits.ts';
import { elevenlabs } from '../../fakes/elevenlabs.ts';
import { type FakeHandler, type FakeReply, FakeService } from '../../fakes/fake-service.ts';
import { stability } from '../../fakes/stability.ts';
import { TEST_KEY } from './adapter-contract.ts';

const SERVICES = {
  ELEVENLABS: { read: elevenlabsSubscription, fake: elevenlabs, path: '/v1/user/subscription' },
  STABILITY: { read: stabilityBalance, fake: stability, path: '/v1/user/balance' },
  D_ID: { read: dIdCredits, fake: dIdFake, path: '/credits' },
} as const;

const { signal } = new AbortController();

describe.each(['ELEVENLABS', 'STABILITY', 'D_ID'] as const)('The quota of %s', (service) => {
  const { fake: handler, path } = SERVICES[service];
  const read: (settings: ServiceSettings, signal: AbortSignal) => Promise<unknown> = SERVICES[service].read;
  let fake: FakeService;
  let settings: ServiceSettings;
  beforeAll(async () => {
    fake = await FakeService.start(handler);
    const env = {
      [`${service}_API_KEY`]: TEST_KEY,
      [`${service}_BASE_URL`]: fake.url,
      [`${service}_TIMEOUT_MS`]: '300',
    };
    settings = readServiceSettings(env, [])[service];
  });
  afterAll(() => fake.close());
  beforeEach(() => fake.handleWith(handler));
  const answering =
    (reply: FakeReply): FakeHandler =>
    () =>
      reply;

  it('is read by one request that makes nothing', async () => {
    const before = fake.quotaRequests.length;
    expect(await read(settings, signal)).toEqual(
      {
        ELEVENLABS: { used: 8_000, total: 10_000, resetAt: new Date('2027-01-01T00:00:00Z') },
        STABILITY: { balance: 1_000 },
        D_ID: { used: 18, total: 60 },
      }[service],
    );
    expect(fake.quotaRequests.slice(before).map((request) => `${request.method} ${request.path}`)).toEqual([
      `GET ${path}`,
    ]);
  });

  it.each([
    ['INVALID_API_KEY', { status: 401, body: { message: 'Unauthorized' } }],
    ['RATE_LIMITED', { status: 429, body: {} }],
    ['API_ERROR', { status: 503, body: 'down' }],
    ['API_ERROR', { body: { hello: 'there' } }],
    ['TIMEOUT', 'hang'],
    ['TIMEOUT', 'break off'],
  ] as const)('fails with %s where the service does', async (code, reply) => {
    fake.handleWith(answering(reply));
    const thrown: unknown = await read(settings, signal).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: `${service}_${code}` });
    expect(String(thrown)).not.toContain(TEST_KEY);
  });
});

it.each([null, 8e12])('ElevenLabs may know no time at which the quota is reset: %s', async (reset) => {
  const fake = await FakeService.start(() => ({
    body: { character_count: 1, character_limit: 2, next_character_count_reset_unix: reset },
  }));
  const env = { ELEVENLABS_API_KEY: TEST_KEY, ELEVENLABS_BASE_URL: fake.url };
  const { ELEVENLABS: settings } = readServiceSettings(env, []);
  expect(await elevenlabsSubscription(settings, signal)).toEqual({ used: 1, total: 2, resetAt: null });
  await fake.close();
});
