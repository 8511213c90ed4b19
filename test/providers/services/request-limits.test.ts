import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redrawn } from '../../../src/drawing/foreign-picture.ts';
import { claudeLanguageModel } from '../../../src/providers/claude/language-model.ts';
import { serviceFetch } from '../../../src/providers/http/service-fetch.ts';
import { openaiImages } from '../../../src/providers/openai/openai-images.ts';
import { claude } from '../../fakes/claude.ts';
import { type FakeHandler, type FakeReply, FakeService } from '../../fakes/fake-service.ts';
import { openaiImages as imagesHandler } from '../../fakes/openai-images.ts';
import { contextOf, settingsOf, TEST_KEY } from './adapter-contract.ts';

const LIMIT = 2;
const NEXT_MS = 300;
/** How much earlier than it says a service's clock may see a request. */
const LEEWAY_MS = 20;

let fake: FakeService;
/** When each request came, in milliseconds. */
let arrivals: number[] = [];
beforeAll(async () => {
  fake = await FakeService.start(() => ({}));
});
beforeEach(() => {
  arrivals = [];
  fake.handleWith(recorded(() => ({})));
});
afterAll(() => fake.close());

function recorded(handler: FakeHandler): FakeHandler {
  return (request) => {
    arrivals.push(performance.now());
    return handler(request);
  };
}

/** A service that takes two requests at once, gives each back after `NEXT_MS`, says so as OpenAI does, and refuses others. */
function limited(handler: FakeHandler): FakeHandler {
  let left = LIMIT;
  let since = performance.now();
  return async (request) => {
    const now = performance.now();
    left = Math.min(LIMIT, left + (now - since + LEEWAY_MS) / NEXT_MS);
    since = now;
    if (left < 1) return { status: 429, headers: { 'retry-after-ms': String(NEXT_MS) } };
    left -= 1;
    const reply = await handler(request);
    if (typeof reply === 'string' || 'upgrade' in reply) return reply;
    const remaining = Math.floor(left);
    const headers = {
      'x-ratelimit-limit-requests': String(LIMIT),
      'x-ratelimit-remaining-requests': String(remaining),
      'x-ratelimit-reset-requests': `${(LIMIT - remaining) * NEXT_MS}ms`,
    };
    return { ...reply, headers };
  };
}

const spent = (reset: string): FakeReply => ({
  headers: { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': reset },
});
const client = () => serviceFetch({ service: 'OPENAI', timeoutMs: 5_000 });
const waitBefore = (index: number) => (arrivals[index] ?? 0) - (arrivals[index - 1] ?? 0);

describe('Requests of which a service takes only so many', () => {
  it('wait for their turn, and none is refused', async () => {
    fake.handleWith(recorded(limited(imagesHandler)));
    const pictures = openaiImages(settingsOf('OPENAI', `${fake.url}/v1`), redrawn);
    const request = { prompt: 'The tides', width: 1_280, height: 720, captionSafeHeight: 100 };
    await pictures.call(request, contextOf());
    const answers = await Promise.all([1, 2, 3].map(() => pictures.call(request, contextOf())));
    expect(answers).toHaveLength(3);
    expect(arrivals).toHaveLength(4);
    // The service gives two back meanwhile; how long each waits depends on how long the pictures took to be drawn.
    expect((arrivals[3] ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThan((4 - LIMIT) * NEXT_MS - 4 * LEEWAY_MS);
  });

  it('wait until the time that Anthropic names, also for another text', async () => {
    const answer = claude(() => 'A text.', TEST_KEY);
    fake.handleWith(
      recorded(async (request) => {
        const reply = await answer(request);
        if (typeof reply === 'string' || 'upgrade' in reply) return reply;
        const headers = {
          'anthropic-ratelimit-requests-limit': '1',
          'anthropic-ratelimit-requests-remaining': '0',
          'anthropic-ratelimit-requests-reset': new Date(Date.now() + 400).toISOString(),
        };
        return { ...reply, headers };
      }),
    );
    const model = claudeLanguageModel(settingsOf('CLAUDE', `${fake.url}/v1`), 'TEXT');
    for (const content of ['One', 'Two'])
      await model.ask({ messages: [{ role: 'user', content }], outputLimit: 100 }, new AbortController().signal);
    expect(arrivals).toHaveLength(2);
    expect(waitBefore(1)).toBeGreaterThan(350);
  });

  it('are counted against what is left while they are under way', async () => {
    const send = client();
    fake.replyWith({
      headers: {
        'x-ratelimit-limit-requests': '3',
        'x-ratelimit-remaining-requests': '2',
        'x-ratelimit-reset-requests': '400ms',
      },
    });
    await send(fake.url);
    fake.handleWith(recorded(() => ({ delayMs: 100 })));
    await Promise.all([send(fake.url), send(fake.url), send(fake.url)]);
    expect(waitBefore(1)).toBeLessThan(150);
    expect(waitBefore(2)).toBeGreaterThan(300);
  });

  it('end with the reason of the caller who aborts while they wait, and are not sent', async () => {
    const send = client();
    fake.replyWith(spent('30s'));
    await send(fake.url);
    const controller = new AbortController();
    const waiting = send(fake.url, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('not needed')), 50);
    await expect(waiting).rejects.toThrow('not needed');
    expect(arrivals).toHaveLength(0);
  });

  it('are given the whole time limit once they are sent', async () => {
    const send = serviceFetch({ service: 'OPENAI', timeoutMs: 300 });
    fake.replyWith(spent('400ms'));
    await send(fake.url);
    await expect(send(fake.url)).resolves.toMatchObject({ ok: true });
  });

  it.each([
    ['more than a minute', '61s'],
    ['a day', '24h'],
    ['what cannot be read', 'later'],
  ])('are sent at once where the next is taken after %s', async (_, reset) => {
    const send = client();
    fake.replyWith(spent(reset));
    await send(fake.url);
    const begun = performance.now();
    await send(fake.url);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('are sent at once after an answer that names no limit', async () => {
    const send = client();
    fake.replyWith(spent('30s'), {});
    const [first] = await Promise.all([send(fake.url), send(fake.url)]);
    expect(first.ok).toBe(true);
    const begun = performance.now();
    await send(fake.url, { signal: AbortSignal.timeout(5_000) });
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
