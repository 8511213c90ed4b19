import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { COMMAND_LINE } from '../../../src/services/audit/actor.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { fakeProviders } from '../../helpers/media/fake-providers.ts';
import { testProvider } from '../../helpers/media/test-provider.ts';
import { ownerOn } from '../../helpers/video-services.ts';
import { addGeneration, providerServicesOn } from './provider-setup.ts';

let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const listed = async (options: Parameters<typeof providerServicesOn>[1] = {}) =>
  await providerServicesOn(db, options).providers.list();
const one = async (name: string, options: Parameters<typeof providerServicesOn>[1] = {}) =>
  (await listed(options)).find((provider) => provider.name === name);

describe('The list of providers', () => {
  it('has every service, and what this process can call, in the order in which they are tried', async () => {
    const names = (await listed()).map(({ name, priority }) => `${name} ${priority}`);
    expect(names).toEqual([
      'openai_compatible 100',
      'elevenlabs 90',
      'openai 80',
      'claude 70',
      'gemini 60',
      'stability 50',
      'azure_speech 50',
      'd_id 50',
      'groq 40',
      'replicate 40',
      'polly 40',
      'fake 0',
    ]);
  });

  it('follows the priorities of the settings', async () => {
    const [first] = await listed({ env: { GROQ_PRIORITY: '500' } });
    expect(first).toMatchObject({ name: 'groq', priority: 500 });
  });

  it('says which have their key, and what each can make', async () => {
    const env = { OPENAI_API_KEY: 'sk-secret' };
    expect(await one('openai', { env })).toMatchObject({
      configured: true,
      capabilities: ['TEXT', 'IMAGE', 'SPEECH', 'TRANSCRIPTION', 'ANALYSIS'],
      models: [],
      enabled: true,
      circuit: 'CLOSED',
      health: 'UNKNOWN',
    });
    expect(await one('d_id', { env })).toMatchObject({ configured: false, capabilities: ['AVATAR'] });
    expect(await one('fake', { env })).toMatchObject({
      configured: true,
      capabilities: ['TEXT', 'SPEECH', 'IMAGE', 'ANALYSIS'],
      models: ['f1'],
    });
    expect(JSON.stringify(await listed({ env }))).not.toContain('sk-secret');
  });

  it('of one capability has the services that have it', async () => {
    const { providers } = providerServicesOn(db);
    expect((await providers.list('AVATAR')).map(({ name }) => name)).toEqual(['d_id']);
  });

  it('has the models of a service’s adapters, each once', async () => {
    const painter = testProvider({ name: 'stability', models: ['core', 'ultra'], call: async () => picture() });
    const contentProviders = { ...fakeProviders(), image: [painter, painter] };
    const stability = await one('stability', { contentProviders, env: { STABILITY_API_KEY: 'k' } });
    expect(stability).toMatchObject({ models: ['core', 'ultra'], priority: 50, capabilities: ['IMAGE'] });
  });

  it('keeps a provider without its key UNKNOWN, although it was called before', async () => {
    await addGeneration(db, [{ provider: 'claude', state: 'SETTLED' }]);
    expect(await one('claude')).toMatchObject({ configured: false, health: 'UNKNOWN' });
    expect(await one('claude', { env: { CLAUDE_API_KEY: 'k' } })).toMatchObject({ health: 'HEALTHY' });
  });

  it('shows circuits as they open, half open and close', async () => {
    const { providers, providerStates } = providerServicesOn(db);
    const circuit = async () => (await providers.list()).find(({ name }) => name === 'groq')?.circuit;
    const seen = [await circuit()];
    await providerStates.failed('groq', 'GROQ_INVALID_API_KEY');
    seen.push(await circuit());
    await sql`update provider_states set retry_at = now() - interval '1 second' where name = 'groq'`.execute(db.sql());
    seen.push(await circuit());
    await providerStates.succeeded('groq');
    seen.push(await circuit());
    expect(seen).toEqual(['CLOSED', 'OPEN', 'HALF_OPEN', 'CLOSED']);
  });
});

describe('Disabling a provider', () => {
  it('applies in another process at its next call, and is announced', async () => {
    const changes: string[] = [];
    const here = providerServicesOn(db, { onChange: (name) => void changes.push(name) });
    const there = providerServicesOn(db);
    expect(await here.providers.setEnabled(COMMAND_LINE, 'polly', false)).toMatchObject({
      name: 'polly',
      enabled: false,
    });
    expect(await there.providerStates.admit('polly')).toEqual({ admitted: false, because: 'DISABLED' });
    expect(await one('polly')).toMatchObject({ enabled: false, circuit: 'CLOSED' });
    expect(await here.providers.setEnabled(COMMAND_LINE, 'polly', true)).toMatchObject({ enabled: true });
    expect(await there.providerStates.admit('polly')).toEqual({ admitted: true });
    expect(changes).toEqual(['polly', 'polly']);
  });

  it('is refused for a name that there is not', async () => {
    const { providers } = providerServicesOn(db);
    const faults = [{ code: 'NOT_FOUND', message: 'There is no provider easel.', field: ['name'] }];
    await expect(providers.setEnabled(COMMAND_LINE, 'easel', false)).rejects.toMatchObject({ faults });
    const { rows } = await sql`select 1 from provider_states where name = 'easel'`.execute(db.sql());
    expect(rows).toEqual([]);
  });
});

describe('Metrics of a provider', () => {
  it('count each attempt after the first at a content as a retry', async () => {
    const failed = { provider: 'gemini', state: 'REFUSED', errorCode: 'GEMINI_RATE_LIMITED', latencyMs: 100 } as const;
    const worked = { provider: 'gemini', state: 'SETTLED', latencyMs: 3_000 } as const;
    await addGeneration(db, [failed, failed, worked]);
    await addGeneration(db, [worked]);
    const metrics = await providerServicesOn(db).providers.metrics('gemini', 15);
    expect(metrics).toMatchObject({ calls: 4, averageRetries: 1, successRate: 50, errorRate: 50 });
    expect(metrics.verdicts.map(({ metric, verdict }) => `${metric} ${verdict}`)).toEqual([
      'successRate WARNING',
      'errorRate WARNING',
      'averageRetries FAIR',
      'p50Ms GOOD',
      'p90Ms GOOD',
      'p99Ms GOOD',
    ]);
  });

  it('say of how many videos a provider made only a part', async () => {
    const owner = await ownerOn(db);
    const failed = { provider: 'stability', state: 'REFUSED', errorCode: 'STABILITY_API_ERROR' } as const;
    const worked = { provider: 'stability', state: 'SETTLED' } as const;
    const atFault = { ...failed, errorCode: 'STABILITY_CONTENT_REJECTED' } as const;
    for (const contents of [
      [[worked], [failed]],
      [[worked], [failed, worked]],
      [[failed], [failed]],
      [[worked], [atFault]],
    ]) {
      const videoId = await addVideo(owner.userId);
      for (const attempts of contents) await addGeneration(db, attempts, videoId);
    }
    const metrics = await providerServicesOn(db).providers.metrics('stability', 15);
    expect(metrics.partialFailureRate).toBe(25);
    expect(metrics.verdicts).toContainEqual(
      expect.objectContaining({ metric: 'partialFailureRate', value: 25, verdict: 'WARNING' }),
    );
    // Contents without a video are no part of anything.
    expect(await providerServicesOn(db).providers.metrics('gemini', 15)).toMatchObject({ partialFailureRate: null });
  });

  it('have no average of retries, and no verdicts, without calls', async () => {
    const metrics = await providerServicesOn(db).providers.metrics('d_id', 15);
    expect(metrics).toMatchObject({ calls: 0, averageRetries: null, verdicts: [] });
  });
});

async function addVideo(ownerId: string): Promise<string> {
  const id = randomUUID();
  await sql`
    insert into videos (id, owner_id, title, source, language, aspect_ratio, resolution)
    values (${id}, ${ownerId}, 'Bees', '{"kind":"script","text":"Bees."}', 'en', 'LANDSCAPE_16_9', 'SD_480')`.execute(
    db.sql(),
  );
  return id;
}

const picture = () => ({ bytes: new Uint8Array(), contentType: 'image/png', width: 2, height: 2 }) as const;
