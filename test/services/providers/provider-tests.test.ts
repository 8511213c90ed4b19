import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { AppError } from '../../../src/errors.ts';
import type { Providers, TextRequest } from '../../../src/providers/ports.ts';
import type { ContentProvider } from '../../../src/providers/provider.ts';
import { COMMAND_LINE, type SignedInActor } from '../../../src/services/audit/actor.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { fakeProviders } from '../../helpers/media/fake-providers.ts';
import { testProvider } from '../../helpers/media/test-provider.ts';
import { ownerOn } from '../../helpers/video-services.ts';
import { providerServicesOn } from './provider-setup.ts';

let db: Database;
let operator: SignedInActor;
beforeAll(async () => {
  db = await createTestDatabase();
  operator = { viewer: await ownerOn(db), ipAddress: null };
});
afterAll(() => db.close());

const KEY = 'sk-secret';
const ENV = { OPENAI_API_KEY: KEY, STABILITY_API_KEY: KEY, ELEVENLABS_API_KEY: KEY, D_ID_API_KEY: KEY };

/** OpenAI as a writer of plain texts, and the requests that it gets. */
function writer(call?: (signal: AbortSignal) => Promise<string>) {
  const requests: TextRequest[] = [];
  const plain: ContentProvider<TextRequest, string> = {
    ...testProvider<TextRequest, string>({
      name: 'openai',
      service: 'OPENAI',
      paid: true,
      models: ['gpt-5-mini'],
      call: async (request, signal) => {
        requests.push(request);
        return (await call?.(signal)) ?? 'Bees dance.';
      },
    }),
    mostUsage: () => ({ outputTokens: 50 }),
  };
  const usage = { inputTokens: 9, outputTokens: 42 };
  const provider: typeof plain = {
    ...plain,
    call: async (request, context) => ({ ...(await plain.call(request, context)), usage }),
  };
  return { providers: { ...fakeProviders(), plainText: [provider] }, requests };
}

const servicesWith = (contentProviders: Providers) => providerServicesOn(db, { env: ENV, contentProviders });

async function lastGeneration() {
  const { rows } = await sql<Record<string, unknown>>`
    select generation.user_id as "userId", video_id as "videoId", generation.type, generation.provider, generation.prompt,
      generation.status, result, generation.cost::float8 as cost, attempt.state, attempt.paid, attempt.error_code as code
    from ai_generations generation join generation_attempts attempt on attempt.generation_id = generation.id
    order by generation.created_at desc, generation.id desc limit 1`.execute(db.sql());
  return rows[0];
}

describe('Testing a provider', () => {
  it('calls it once with at most 50 tokens, and says what it wrote', async () => {
    const { providers, requests } = writer();
    const result = await servicesWith(providers).providerTests.test(operator, 'openai', ' What do bees do? ');
    expect(requests).toEqual([{ prompt: 'What do bees do?', maxTokens: 50 }]);
    expect(result).toEqual({
      ok: true,
      latencyMs: expect.any(Number),
      message: expect.stringMatching(/^openai answered in \d+ ms\.$/),
      reply: 'Bees dance.',
      error: null,
    });
  });

  it('records the call with its cost, for no video', async () => {
    await servicesWith(writer().providers).providerTests.test(operator, 'openai', 'Bees?');
    const recorded = await lastGeneration();
    expect(recorded).toMatchObject({
      userId: operator.viewer.userId,
      videoId: null,
      type: 'TEXT',
      provider: 'openai',
      prompt: 'Bees?',
      status: 'COMPLETED',
      result: { text: 'Bees dance.' },
      state: 'SETTLED',
      paid: true,
    });
    expect(recorded?.['cost']).toBe(0.0042);
  });

  it('ends the rest of one that works again', async () => {
    const { providers, providerStates, providerTests } = servicesWith(writer().providers);
    await providerStates.failed('openai', 'OPENAI_INVALID_API_KEY');
    expect(await providerStates.admit('openai')).toMatchObject({ admitted: false });
    expect(await providerTests.test(operator, 'openai')).toMatchObject({ ok: true });
    expect(await providerStates.admit('openai')).toEqual({ admitted: true });
    expect((await providers.list()).find(({ name }) => name === 'openai')).toMatchObject({ circuit: 'CLOSED' });
  });

  it('works while an operator has disabled it, and leaves it disabled', async () => {
    const { providers, providerStates, providerTests } = servicesWith(writer().providers);
    await providers.setEnabled(COMMAND_LINE, 'openai', false);
    expect(await providerTests.test(operator, 'openai')).toMatchObject({ ok: true });
    expect(await providerStates.admit('openai')).toMatchObject({ because: 'DISABLED' });
    await providers.setEnabled(COMMAND_LINE, 'openai', true);
  });

  it('reports a refusal once, without a retry, and lets the provider rest as after any call', async () => {
    const refuse = async () => {
      throw new AppError('OPENAI_INVALID_API_KEY', 'OpenAI does not accept the key: check OPENAI_API_KEY.', {
        retriable: true,
      });
    };
    const { providers, requests } = writer(refuse);
    const { providerStates, providerTests } = servicesWith(providers);
    const message = 'OpenAI does not accept the key: check OPENAI_API_KEY.';
    expect(await providerTests.test(COMMAND_LINE, 'openai')).toMatchObject({ ok: false, message, reply: null });
    expect(requests).toHaveLength(1);
    expect(await lastGeneration()).toMatchObject({
      userId: null,
      status: 'FAILED',
      state: 'REFUSED',
      code: 'OPENAI_INVALID_API_KEY',
    });
    expect(await providerStates.admit('openai')).toMatchObject({ because: 'RESTING' });
    await providerStates.succeeded('openai');
  });

  it('ends after its time with an answer that may have been paid for', async () => {
    const hang = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    const { providers } = writer(hang);
    const services = servicesWith(providers);
    const tests = providerServicesOn(db, { env: ENV, contentProviders: providers, testMilliseconds: 50 }).providerTests;
    const message = 'The provider openai did not answer within 0.05 s.';
    expect(await tests.test(operator, 'openai')).toMatchObject({ ok: false, message });
    expect(await lastGeneration()).toMatchObject({ status: 'UNCERTAIN', state: 'UNCERTAIN', code: 'OPENAI_TIMEOUT' });
    // The most that it can use was reserved, and may have been billed.
    expect((await lastGeneration())?.['cost']).toBe(0.005);
    await services.providerStates.succeeded('openai');
  });

  it('draws a small picture where it only draws, and speaks a sentence where it only speaks', async () => {
    const fakes = fakeProviders();
    const contentProviders: Providers = {
      ...fakes,
      image: fakes.image.map((one) => ({ ...one, name: 'stability', service: 'STABILITY' })),
      speech: fakes.speech.map((one) => ({ ...one, name: 'elevenlabs', service: 'ELEVENLABS' })),
    };
    const { providerTests } = servicesWith(contentProviders);
    expect(await providerTests.test(operator, 'stability', 'A pear')).toMatchObject({
      reply: 'a picture of 512 × 512',
    });
    expect(await lastGeneration()).toMatchObject({ type: 'IMAGE', prompt: 'A pear', status: 'COMPLETED' });
    expect((await providerTests.test(operator, 'elevenlabs')).reply).toMatch(/^a recording of \d\.\d s$/);
    expect(await lastGeneration()).toMatchObject({ type: 'AUDIO', prompt: 'This is a test of the voice.' });
  });

  it.each([
    ['easel', undefined, 'NOT_FOUND', 'There is no provider easel.'],
    ['claude', undefined, 'PROVIDER_UNAVAILABLE', 'The provider claude is not configured: set CLAUDE_API_KEY.'],
    [
      'polly',
      undefined,
      'PROVIDER_UNAVAILABLE',
      'The provider polly is not configured: set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION.',
    ],
    [
      'stability',
      undefined,
      'PROVIDER_UNAVAILABLE',
      expect.stringContaining('stability makes no text, speech or picture here'),
    ],
    ['openai', 'é'.repeat(501), 'TOO_LONG', 'The prompt may have at most 500 characters.'],
  ])('of the name %s is refused where it cannot be called', async (name, prompt, code, message) => {
    const { providerTests } = servicesWith(writer().providers);
    const faults = [expect.objectContaining({ code, message })];
    await expect(providerTests.test(operator, name, prompt)).rejects.toMatchObject({ faults });
  });
});
