import { beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../helpers/client.ts';
import { useApp } from '../../helpers/fixtures.ts';
import { generateImage, generateSpeech, generateText, quotaOf } from './generate-setup.ts';

// As long as a test may take: beside other programs the longest text takes more than the minute that requests wait.
const app = useApp({ generationWaitMs: 180_000 });
let ann: Client;
beforeAll(async () => {
  ann = await app.signedIn('ann', 'PREMIUM');
});
const bytesAt = async (url: string | null | undefined) => Buffer.from(await (await fetch(url ?? '')).arrayBuffer());

describe('Without any external service', () => {
  it('a text is refused with the sentence that a topic gets, and costs no quota', async () => {
    const { generation, userErrors } = await generateText(ann, { prompt: 'Bees' });
    expect(generation).toBeNull();
    const message = expect.stringContaining('set the key of a service, such as OPENAI_API_KEY');
    const field = ['input', 'prompt'];
    expect(userErrors).toEqual([{ field, code: 'PROVIDER_UNAVAILABLE', message, retryAfterSeconds: null }]);
    expect(await quotaOf(ann, 'TEXT')).toEqual([0, 0]);
  });

  it.each(['A bee on a flower 🐝', '一隻蜜蜂'])('a picture of "%s" is drawn in the shape asked', async (prompt) => {
    const { generation } = await generateImage(ann, { prompt, aspectRatio: 'PORTRAIT_9_16' });
    expect(generation).toMatchObject({ status: 'COMPLETED', provider: 'local', cost: '0.0000', prompt });
    expect((await bytesAt(generation?.resultUrl)).length).toBeGreaterThan(1_000);
  });

  it.each([
    ['en', 'Bees dance. 🐝'],
    ['zh-TW', '蜜蜂會跳舞。'],
  ])('a text in %s is spoken', async (language, text) => {
    const { generation, userErrors } = await generateSpeech(ann, { text, language, voice: { speed: 1.5 } });
    expect(userErrors).toEqual([]);
    expect(generation).toMatchObject({ status: 'COMPLETED', provider: 'local', parameters: { language, speed: 1.5 } });
    const sound = await bytesAt(generation?.resultUrl);
    expect(sound.subarray(0, 4).toString()).toBe('RIFF');
    expect(sound.length).toBeGreaterThan(10_000);
  });

  it('the longest text is spoken too, and one more character is refused', async () => {
    const longest = 'Bees dance in the hive. '.repeat(300).slice(0, 5_000);
    const { generation } = await generateSpeech(ann, { text: `${longest.slice(0, 4_999)}.` });
    expect(generation).toMatchObject({ status: 'COMPLETED' });
    const { userErrors } = await generateSpeech(ann, { text: `${longest}.` });
    expect(userErrors).toMatchObject([{ field: ['input', 'text'], code: 'TOO_LONG' }]);
  });
});
