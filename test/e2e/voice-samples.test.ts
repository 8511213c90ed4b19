import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApp } from '../helpers/app.ts';
import type { Client } from '../helpers/client.ts';
import { VoicesDocument } from '../helpers/generated/documents.ts';

let app: TestApp;
let ann: Client;
beforeAll(async () => {
  app = await TestApp.start({ worker: false });
  ann = await app.signedIn('ann');
}, 60_000);
afterAll(() => app?.close());

async function voices(language?: string) {
  return (await ann.ask(VoicesDocument, { language })).voices ?? [];
}

/** Seconds of a WAV file with one channel of 16 bits. */
function secondsOf(wav: Buffer): number {
  expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 12)).toBe('RIFFWAVE');
  return (wav.length - 44) / 2 / wav.readUInt32LE(24);
}

async function listenTo(
  url: string | null | undefined,
): Promise<{ seconds: number; etag: string | null; wav: Buffer }> {
  const response = await fetch(url ?? '');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'audio/wav']);
  const wav = Buffer.from(await response.arrayBuffer());
  return { seconds: secondsOf(wav), etag: response.headers.get('etag'), wav };
}

describe('The sample of a built-in voice', () => {
  it('can be listened to, whatever the language', async () => {
    for (const { id, previewUrl } of await voices()) {
      const { seconds } = await listenTo(previewUrl);
      expect(seconds, id).toBeGreaterThan(1);
      expect(seconds, id).toBeLessThan(10);
    }
  }, 60_000);

  it('is that of the voice: two voices of a language sound different, and one is recorded once for all listeners', async () => {
    const [one, other] = await voices('en');
    const [first, again, different] = await Promise.all([one, one, other].map((voice) => listenTo(voice?.previewUrl)));
    expect(again?.wav.equals(first?.wav ?? Buffer.alloc(0))).toBe(true);
    expect(different?.wav.equals(first?.wav ?? Buffer.alloc(0))).toBe(false);
    expect(different?.etag).not.toBe(first?.etag);
  });

  it('has an address of its own for each voice', async () => {
    const all = await voices();
    expect(all.length).toBeGreaterThan(30);
    expect(new Set(all.map(({ previewUrl }) => new URL(previewUrl ?? '').pathname)).size).toBe(all.length);
  });

  it('needs its link, and a link of no voice finds nothing', async () => {
    const [voice] = await voices('en');
    const { origin, pathname } = new URL(voice?.previewUrl ?? '');
    expect((await fetch(origin + pathname)).status).toBe(403);
  });
});
