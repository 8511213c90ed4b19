import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTasks } from '../../../src/command-services.ts';
import { loadConfig } from '../../../src/config.ts';
import { elevenlabs } from '../../fakes/elevenlabs.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { Client } from '../../helpers/client.ts';
import { useApp } from '../../helpers/fixtures.ts';
import { ServiceQuotasDocument } from '../../helpers/generated/documents.ts';
import { TEST_KEY } from '../../providers/services/adapter-contract.ts';

let fake: FakeService;
beforeAll(async () => {
  fake = await FakeService.start(elevenlabs);
  return () => fake.close();
});
const app = useApp(() => ({
  worker: false,
  settings: {
    ELEVENLABS_API_KEY: TEST_KEY,
    ELEVENLABS_BASE_URL: fake.url,
    GEMINI_API_KEY: TEST_KEY,
    GEMINI_QUOTA_DAILY: '250',
    GROQ_API_KEY: TEST_KEY,
  },
}));

describe('The quotas of services', () => {
  let ann: Client;
  let tasks: Awaited<ReturnType<typeof openTasks>>;
  beforeAll(async () => {
    ann = await app.signedIn('ann');
    tasks = await openTasks(loadConfig(app.installation.settings));
  });
  afterAll(() => tasks.close());

  it('are those that the periodic task has found, and asking for them calls no service', async () => {
    expect(await ann.ask(ServiceQuotasDocument, {})).toMatchObject({ serviceQuotas: [] });
    expect(await tasks.scheduler.runNow('check-service-quotas')).toMatchObject({ outcome: 'SUCCEEDED' });
    const { serviceQuotas, providers } = await ann.ask(ServiceQuotasDocument, {});
    expect(serviceQuotas).toEqual([
      {
        service: 'elevenlabs',
        used: '8000',
        total: '10000',
        percentage: 80,
        status: 'WARNING',
        resetAt: '2027-01-01T00:00:00.000Z',
        checkedAt: expect.any(String),
      },
      {
        service: 'gemini',
        used: '0',
        total: '250',
        percentage: 0,
        status: 'HEALTHY',
        resetAt: expect.stringMatching(/T00:00:00\.000Z$/),
        checkedAt: expect.any(String),
      },
    ]);
    const known = providers?.filter(({ quota }) => quota !== null).map(({ name, quota }) => [name, quota?.used]);
    expect(known?.toSorted()).toEqual([
      ['elevenlabs', '8000'],
      ['gemini', '0'],
    ]);
    expect(fake.quotaRequests).toHaveLength(1);
  });

  it('are metrics of every process', async () => {
    const text = await (await fetch(`${app.url}/metrics`)).text();
    expect(text).toContain('service_quota_used{service="elevenlabs"} 8000\n');
    expect(text).toContain('service_quota_total{service="gemini"} 250\n');
    expect(text).toMatch(/^service_quota_checked_timestamp_seconds\{service="gemini"\} \d/m);
    expect(text).toContain('generation_attempts_uncertain 0\n');
  });

  it('are not for guests', async () => {
    const { errors } = await new Client(app.url, null).send(ServiceQuotasDocument, {});
    expect(errors?.map(({ extensions }) => extensions.code)).toContain('UNAUTHENTICATED');
  });
});
