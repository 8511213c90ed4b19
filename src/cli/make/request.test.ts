import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MakeOptions } from './make-options.ts';
import { requestOf } from './request.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'request-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (options: Partial<MakeOptions>, stdin = '') =>
  requestOf({ captions: true, ...options }, Readable.from([Buffer.from(stdin)]));

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('The request to the server', () => {
  it('contains every option', async () => {
    const script = await file('talk.txt', 'Hello there.');
    const all = {
      script,
      title: 'T',
      language: 'de',
      aspect: 'portrait',
      resolution: '1080',
      voice: 'de-female',
      speed: 1.5,
      duration: 30,
      style: 'ink',
      music: 'calm',
      captions: false,
      captionStyle: 'word-highlight',
    } as const;
    expect(await ask(all)).toEqual({
      script: 'Hello there.',
      title: 'T',
      language: 'de',
      aspectRatio: 'PORTRAIT_9_16',
      resolution: 'FULL_HD_1080',
      voice: { voiceId: 'de-female', speed: 1.5 },
      targetDurationSeconds: 30,
      visualStyle: 'ink',
      music: { mood: 'calm' },
      burnInCaptions: false,
      captionStyle: 'WORD_HIGHLIGHT',
    });
  });

  it('leaves out what no option sets', async () => {
    expect(await ask({ topic: 'Tea' })).toEqual({ topic: 'Tea', burnInCaptions: true });
  });

  it('reads a text from standard input', async () => {
    expect(await ask({ article: '-' }, '這是我們的文章。')).toMatchObject({ article: '這是我們的文章。' });
  });

  it('reads scenes from a JSON list', async () => {
    const scenes = [{ narration: 'One.' }, { narration: 'Two.', visualPrompt: 'a harbour' }];
    expect(await ask({ scenes: await file('scenes.json', JSON.stringify(scenes)) })).toMatchObject({ scenes });
  });

  it('reads the UTF-16 of older editors', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Käse', 'utf16le')]);
    expect(await ask({ script: await file('old.txt', bytes) })).toMatchObject({ script: 'Käse' });
  });

  it('uses the built-in text for the demo if none is given, also in Chinese', async () => {
    expect((await ask({ demo: true })).script).toMatch(/^Every video/);
    expect(await ask({ demo: true, language: 'zh-TW' })).toMatchObject({ script: expect.stringMatching(/^每支影片/) });
    expect(await ask({ demo: true, topic: 'Tea' })).not.toHaveProperty('script');
  });
});

describe('An invalid request', () => {
  it.each<[string, () => Promise<Partial<MakeOptions>>, RegExp]>([
    ['no text', async () => ({}), /Say what to make a video of/],
    ['two texts', async () => ({ topic: 'Tea', script: '-' }), /not --script and --topic together/],
    ['with a missing file', async () => ({ script: join(folder, 'none.txt') }), /none\.txt .*there is no such file/],
    ['a folder', async () => ({ script: folder }), /it is a folder/],
    ['with an empty file', async () => ({ script: await file('empty.txt', ' \n') }), /empty\.txt is empty/],
    ['with empty standard input', async () => ({ script: '-' }), /^Standard input is empty/],
    [
      'a picture',
      async () => ({ script: await file('a.png', Buffer.from([0x89, 0x50, 0xff])) }),
      /no plain|not a plain/,
    ],
    [
      'with a file that is far too large',
      async () => ({ script: await file('big.txt', 'x'.repeat(2_000_001)) }),
      /too long/,
    ],
    [
      'with scenes that are not JSON',
      async () => ({ scenes: await file('s.json', '{narration') }),
      /must be a JSON list/,
    ],
    ['with scenes without narration', async () => ({ scenes: await file('n.json', '[{}]') }), /must be a JSON list/],
    [
      'for the built-in text in a language without one',
      async () => ({ demo: true, language: 'de' }),
      /no built-in text in "de"/,
    ],
  ])('%s is refused with a sentence', async (_what, options, sentence) => {
    await expect(ask(await options())).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(sentence),
    });
  });

  it('is any text above two million bytes, and none below', async () => {
    expect((await ask({ script: await file('long.txt', 'x'.repeat(2_000_000)) })).script).toHaveLength(2_000_000);
  });
});
