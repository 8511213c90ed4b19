import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CreateVideoMutationVariables } from '../../src/cli/generated/documents.ts';
import type { Client } from '../helpers/client.ts';
import { useApp } from '../helpers/fixtures.ts';
import { TryVideoDocument } from '../helpers/generated/documents.ts';

type NewVideo = CreateVideoMutationVariables['input'];

const app = useApp({ worker: false });
let ann: Client;
beforeAll(async () => {
  ann = await app.signedIn('ann', 'CREATOR');
});

const letters = (count: number) =>
  'word '
    .repeat(Math.ceil(count / 5))
    .slice(0, count - 1)
    .concat('.');

/** Codes and paths of the userErrors. */
async function faults(input: NewVideo): Promise<[string, string | undefined][]> {
  const { createVideo } = await ann.ask(TryVideoDocument, { input });
  expect(createVideo?.video).toBeNull();
  for (const { message } of createVideo?.userErrors ?? []) expect(message).toMatch(/^[A-Z].*[.]$/);
  return (createVideo?.userErrors ?? []).map(({ code, field }) => [code, field?.join('.')]);
}

async function accepted(input: NewVideo) {
  const { createVideo } = await ann.ask(TryVideoDocument, { input });
  expect(createVideo?.userErrors).toEqual([]);
  if (!createVideo?.video) throw new Error('There is no video.');
  return createVideo.video;
}

async function rowsLeft(): Promise<Record<string, number>> {
  const sql = app.installation.db.sql();
  const tables = ['videos', 'video_stages', 'video_events', 'jobs', 'outbox', 'ai_quotas'] as const;
  const counts = await Promise.all(
    tables.map(async (table) => [table, (await sql.selectFrom(table).selectAll().execute()).length] as const),
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

describe('Invalid input of createVideo', () => {
  afterEach(async () => {
    expect(await rowsLeft()).toEqual({});
  });

  it('is no source, or two sources at once', async () => {
    expect(await faults({})).toEqual([['REQUIRED', 'input']]);
    expect(await faults({ title: 'Only a title' })).toEqual([['REQUIRED', 'input']]);
    expect(await faults({ script: 'Bees fly.', article: 'Bees.' })).toEqual([['INVALID', 'input.article']]);
    expect(await faults({ script: 'b', article: 'c', scenes: [{ narration: 'd' }] })).toEqual([
      ['INVALID', 'input.article'],
    ]);
  });

  it('is an empty source', async () => {
    expect(await faults({ script: '' })).toEqual([['REQUIRED', 'input.script']]);
    expect(await faults({ topic: ' \n\t ' })).toEqual([
      ['REQUIRED', 'input.topic'],
      ['PROVIDER_UNAVAILABLE', 'input.topic'],
    ]);
    expect(await faults({ article: '\u0000\u0007\uFEFF' })).toEqual([['REQUIRED', 'input.article']]);
    expect(await faults({ scenes: [] })).toEqual([['REQUIRED', 'input.scenes']]);
  });

  it('is a scene without words, at any position', async () => {
    expect(await faults({ scenes: [{ narration: 'One.' }, { narration: '  ' }, { narration: '\r\n' }] })).toEqual([
      ['REQUIRED', 'input.scenes.1.narration'],
      ['REQUIRED', 'input.scenes.2.narration'],
    ]);
  });

  it('is a text with one character too many', async () => {
    expect(await faults({ script: letters(20_001) })).toEqual([['TOO_LONG', 'input.script']]);
    expect(await faults({ script: `a${'🦊'.repeat(20_000)}` })).toEqual([['TOO_LONG', 'input.script']]);
    expect(await faults({ topic: letters(501) })).toEqual([
      ['TOO_LONG', 'input.topic'],
      ['PROVIDER_UNAVAILABLE', 'input.topic'],
    ]);
    expect(await faults({ article: letters(100_001) })).toEqual([['TOO_LONG', 'input.article']]);
    expect(await faults({ script: 'a', title: letters(201) })).toEqual([['TOO_LONG', 'input.title']]);
    expect(await faults({ script: 'a', description: letters(5_001) })).toEqual([['TOO_LONG', 'input.description']]);
    expect(await faults({ script: 'a', visualStyle: letters(201) })).toEqual([['TOO_LONG', 'input.visualStyle']]);
    expect(await faults({ scenes: [{ narration: letters(2_001) }] })).toEqual([
      ['TOO_LONG', 'input.scenes.0.narration'],
    ]);
    expect(await faults({ scenes: [{ narration: 'One.', visualPrompt: letters(1_001) }] })).toEqual([
      ['TOO_LONG', 'input.scenes.0.visualPrompt'],
    ]);
  });

  it('is a title that exceeds its limit only in the form in which it is stored', async () => {
    // U+0958 has no composed form in NFC: one character becomes two.
    expect(await faults({ script: 'a', title: '\u0958'.repeat(101) })).toEqual([['TOO_LONG', 'input.title']]);
  });

  it('is too many scenes, or too many words in all of them', async () => {
    const scenes = (count: number, narration: string) => Array.from({ length: count }, () => ({ narration }));
    expect(await faults({ scenes: scenes(101, 'One.') })).toEqual([['TOO_LONG', 'input.scenes']]);
    expect(await faults({ scenes: [...scenes(10, letters(2_000)), { narration: 'a' }] })).toEqual([
      ['TOO_LONG', 'input.scenes'],
    ]);
  });

  it('is a language that no provider can speak', async () => {
    for (const language of ['ja', 'tlh', 'ar', 'und'])
      expect(await faults({ script: 'こんにちは。', language })).toEqual([['UNSUPPORTED', 'input.language']]);
  });

  it('is a text without a letter or digit, at any position', async () => {
    expect(await faults({ script: '🎉🎉' })).toEqual([['INVALID', 'input.script']]);
    expect(await faults({ article: '...', language: 'de' })).toEqual([['INVALID', 'input.article']]);
    expect(await faults({ scenes: [{ narration: 'One.' }, { narration: 'Two.' }, { narration: '🎉' }] })).toEqual([
      ['INVALID', 'input.scenes.2.narration'],
    ]);
  });

  it('is a text whose words are all in parts that are not spoken, such as pictures and comments', async () => {
    expect(await faults({ script: '![A cat](cat.png)' })).toEqual([['INVALID', 'input.script']]);
    expect(await faults({ article: '<!-- To do. -->', title: 'Cats' })).toEqual([['INVALID', 'input.article']]);
    expect(await faults({ scenes: [{ narration: 'One.' }, { narration: '[^1]: See page five.' }] })).toEqual([
      ['INVALID', 'input.scenes.1.narration'],
    ]);
  });

  it('is a text in a script that the voice cannot read, or in a language without a voice', async () => {
    const script = 'これは日本語の文章です。';
    expect(await faults({ script })).toEqual([['UNSUPPORTED', 'input.language']]);
    expect(await faults({ script, language: 'en' })).toEqual([['UNSUPPORTED', 'input.script']]);
  });

  it('is a topic, as long as no text provider can write about it', async () => {
    expect(await faults({ topic: 'How bees find home' })).toEqual([['PROVIDER_UNAVAILABLE', 'input.topic']]);
    expect(await faults({ topic: letters(500) })).toEqual([['PROVIDER_UNAVAILABLE', 'input.topic']]);
  });

  it('is an unknown voice, or one that does not speak the language', async () => {
    const script = 'Hello.';
    expect(await faults({ script, voice: { voiceId: 'unknown', speed: 1 } })).toEqual([
      ['NOT_FOUND', 'input.voice.voiceId'],
    ]);
    expect(await faults({ script, voice: { provider: 'unknown', speed: 1 } })).toEqual([
      ['NOT_FOUND', 'input.voice.provider'],
    ]);
    expect(await faults({ script, voice: { voiceId: 'de', speed: 1 } })).toEqual([
      ['NOT_FOUND', 'input.voice.voiceId'],
    ]);
    for (const speed of [0.49, 2.01, -1])
      expect(await faults({ script, voice: { speed } })).toEqual([['INVALID', 'input.voice.speed']]);
  });

  it('is music of an unknown mood, or of a volume above 1', async () => {
    const script = 'Hello.';
    expect(await faults({ script, music: { mood: 'furious', volume: 0.1 } })).toEqual([
      ['UNSUPPORTED', 'input.music.mood'],
    ]);
    for (const volume of [-0.01, 1.01])
      expect(await faults({ script, music: { volume } })).toEqual([['INVALID', 'input.music.volume']]);
  });

  it('is a length outside of 5 seconds to half an hour', async () => {
    for (const targetDurationSeconds of [4, 1_801, -5, 0])
      expect(await faults({ article: 'Bees.', targetDurationSeconds })).toEqual([
        ['INVALID', 'input.targetDurationSeconds'],
      ]);
  });

  it('is too many tags, or empty or long ones', async () => {
    expect(await faults({ script: 'a', tags: Array.from({ length: 31 }, (_, at) => `tag ${at}`) })).toEqual([
      ['TOO_LONG', 'input.tags'],
    ]);
    expect(await faults({ script: 'a', tags: ['good', ' ', letters(51)] })).toEqual([
      ['REQUIRED', 'input.tags.1'],
      ['TOO_LONG', 'input.tags.2'],
    ]);
  });

  it('is reported completely, not one fault at a time', async () => {
    const wrong = {
      script: '',
      title: letters(201),
      language: 'ja',
      targetDurationSeconds: 1,
      music: { mood: 'furious', volume: 2 },
    };
    expect(await faults(wrong)).toEqual([
      ['REQUIRED', 'input.script'],
      ['TOO_LONG', 'input.title'],
      ['INVALID', 'input.targetDurationSeconds'],
      ['UNSUPPORTED', 'input.language'],
      ['INVALID', 'input.music.volume'],
      ['UNSUPPORTED', 'input.music.mood'],
    ]);
  });

  it('is a value that does not fit the schema: that is an error of the request', async () => {
    for (const language of ['not a language', '']) {
      const { errors } = await ann.send(TryVideoDocument, { input: { script: 'Bees.', language } });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    }
  });
});

describe('Input exactly at a limit', () => {
  it('is accepted', async () => {
    const title = '🦊'.repeat(200);
    const { script } = await accepted({ script: letters(20_000), title, tags: [letters(50)] });
    expect(script).toHaveLength(20_000);
    await accepted({ script: `a${'🦊'.repeat(19_999)}` });
    await accepted({
      script: letters(500),
      description: letters(5_000),
      visualStyle: letters(200),
      targetDurationSeconds: 5,
    });
    await accepted({ article: letters(100_000), targetDurationSeconds: 1_800, voice: { speed: 0.5 } });
    await accepted({
      scenes: Array.from({ length: 100 }, () => ({ narration: letters(200), visualPrompt: letters(1_000) })),
      voice: { speed: 2 },
    });
    await accepted({
      script: 'a',
      tags: Array.from({ length: 30 }, (_, at) => `tag ${at}`),
      music: { mood: 'calm', volume: 1 },
    });
    await accepted({ script: 'a', music: { volume: 0 } });
  });
});

describe('Text that is not normalized', () => {
  it('is stored in one form: no control characters, line feeds, no byte-order mark, NFC', async () => {
    const { script, title } = await accepted({
      script: '\uFEFFOne.\r\n\r\nTw\u0000o\u0007.\rThree\tfour.  ',
      title: ' Cafe\u0301 ',
    });
    expect(script).toBe('One.\n\nTwo.\nThree\tfour.');
    expect(title).toBe('Caf\u00e9');
  });

  it('is measured in its stored form', async () => {
    await accepted({ script: `\uFEFF${letters(20_000)}\u0000\r\n` });
  });

  it('with half of a surrogate pair is accepted, and the half becomes �', async () => {
    const { script, title } = await accepted({
      script: 'Half \ud83e of a fox.',
      title: 'Half \udd8a',
      tags: ['\ud83e'],
    });
    expect(script).toBe('Half \ufffd of a fox.');
    expect(title).toBe('Half \ufffd');
  });

  it('whose quotes, braces and backslashes could be mistaken for code stays text', async () => {
    const nasty = `Robert'); drop table videos;-- \\u0000 {"a": 1} $1 %s \${x} <b>`;
    const { script, title, tags } = await accepted({
      script: nasty,
      title: nasty,
      tags: [nasty.slice(0, 40), '{a,"b"}'],
    });
    expect([script, title, tags]).toEqual([nasty, nasty, [nasty.slice(0, 40), '{a,"b"}']]);
  });
});
