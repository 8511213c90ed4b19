import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../../../language/document/document.ts';
import { languageOf } from '../../../language/language.ts';
import { isSpeakable } from '../../../language/spoken/speakable.ts';
import type { ScriptRequest } from '../../ports.ts';
import { earlyScript } from './early-script.ts';
import { LocalTextProvider } from './local-text-provider.ts';

const NEVER = new AbortController().signal;
const provider = new LocalTextProvider();

async function earlyTitle(source: ScriptRequest['source'], language: string): Promise<string> {
  return await (await earlyScript(source, language)).title();
}

async function writtenTitle(source: ScriptRequest['source'], language: string): Promise<string> {
  return (await provider.writeScript({ source, language, speed: 1 }, NEVER)).title;
}

const SOURCES: readonly [string, ScriptRequest['source'], string][] = [
  [
    'a script',
    { kind: 'script', text: 'Bees dance to tell the way. Nobody taught them.\n\nThey turn in circles.' },
    'en',
  ],
  ['a script with a heading', { kind: 'script', text: '# The dance\n\nBees dance to tell the way.' }, 'en'],
  [
    'a Chinese article',
    { kind: 'article', text: '蜜蜂的舞蹈\n\n蜜蜂用舞蹈告訴同伴花在哪裡。舞蹈的方向就是花的方向。牠們每天跳很多次。' },
    'zh-TW',
  ],
  ['scenes', { kind: 'scenes', scenes: [{ narration: 'The hive wakes up.' }, { narration: 'The bees leave.' }] }, 'en'],
  [
    'a long article',
    { kind: 'article', text: `How bees dance\n\n${'Bees dance in the hive every single day. '.repeat(2_000)}` },
    'en',
  ],
];

it.each(SOURCES)('The early title equals the later title of %s', async (_what, source, language) => {
  expect(await earlyTitle(source, language)).not.toBe('');
  expect(await earlyTitle(source, language)).toBe(await writtenTitle(source, language));
});

it('The early title equals the later title of the sample texts', async () => {
  const files = (await readdir('samples', { recursive: true })).filter((name) => /\.(md|txt)$/.test(name));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const source = { kind: 'article', text: await readFile(`samples/${file}`, 'utf8') } as const;
    const language = /zh/.test(file) ? 'zh-TW' : 'en';
    expect([file, await earlyTitle(source, language)]).toEqual([file, await writtenTitle(source, language)]);
  }
});

it('The early title is empty for a text without words, or a topic', async () => {
  expect(await earlyTitle({ kind: 'script', text: '...' }, 'en')).toBe('');
  expect(await earlyTitle({ kind: 'topic', text: 'honey bees' }, 'en')).toBe('');
});

it('The early title depends only on the beginning of a text', async () => {
  const beginning = `${'word '.repeat(399)}end. `;
  expect(beginning).toHaveLength(2_000);
  for (const rest of ['', 'x'.repeat(98_000), '('.repeat(98_000)])
    expect(await earlyTitle({ kind: 'article', text: beginning + rest }, 'en')).toBe(
      await earlyTitle({ kind: 'article', text: beginning }, 'en'),
    );
});

const PICTURE = '![A cat on a roof](cat.png)';

describe('A text with nothing to say is known before its script is written', () => {
  it.each([
    ['a picture', PICTURE],
    ['pictures', `${PICTURE}\n\n${PICTURE}`],
    ['a picture of HTML', '<img src="cat.png" alt="A cat on a roof">'],
    ['a comment', '<!--\nTODO: write the text\n-->'],
    ['a comment without an end', '<!-- bees dance'],
    ['definitions of links', '[site]: https://example.com "The site"\n[other]: <https://example.org>'],
    ['definitions of footnotes', '[^1]: See page five.\n\n[^note]: A long\n  remark.'],
    ['the separators of a table', '| --- | :-: |\n|---|---|'],
    ['an empty table', '<table><tr><td></td><td></td></tr></table>'],
    ['front matter', '---\ntitle: Bees\ndate: 2027-03-01\n---\n'],
    ['a program and a style', '<script>let a = 1;</script><style>p { color: red }</style>'],
    ['empty links', '[](https://example.com)'],
    ['labels of a song', '[Chorus]\n[Verse 2]'],
    ['times of subtitles', '1\n00:00:01,000 --> 00:00:02,000\n♪♪\n\n2\n00:00:02,000 --> 00:00:04,000\n'],
    ['headers of a message', 'From: Anna\nSubject: Bees\n'],
    ['left out files of a chat', '[03/03/27, 14:05:12] Anna: image omitted\n[03/03/27, 14:06:00] Ben: <Media omitted>'],
    ['spaces of HTML', '<p>&nbsp;</p><br>'],
    ['emoji', '🎉🎉'],
    ['pictures after a long comment', `<!-- ${'left out '.repeat(300)} -->\n\n${PICTURE}`],
    ['many pictures', `${PICTURE}\n\n`.repeat(600)],
  ])('%s', async (_, text) => {
    expect((await earlyScript({ kind: 'script', text }, 'en')).silent).toEqual([0]);
    expect((await earlyScript({ kind: 'article', text }, 'en')).silent).toEqual([0]);
    const scenes = [{ narration: 'The bees leave.' }, { narration: text }];
    expect((await earlyScript({ kind: 'scenes', scenes }, 'en')).silent).toEqual([1]);
  });

  it.each([
    ['a text after pictures', `${PICTURE}\n\nA cat.`],
    ['a text after a comment of many words', `<!-- ${'left out '.repeat(400)} -->\n\nA cat sleeps.`],
    ['only a heading', '# Bees'],
    ['only code', '```\nnpm start\n```'],
    ['only a byline', 'By Jane Doe'],
    ['a number', '42'],
    ['a table of numbers', '| 1 | 2 |\n|---|---|\n| 3 | 4 |'],
    ['a table of one row', '|Bees|'],
    ['an unknown tag', '<bees> dance'],
  ])('but %s has something to say', async (_, text) => {
    for (const kind of ['script', 'article'] as const) {
      expect((await earlyScript({ kind, text }, 'en')).silent).toEqual([]);
      const { scenes } = await provider.writeScript({ source: { kind, text }, language: 'en', speed: 1 }, NEVER);
      expect(scenes.map(({ narration }) => isSpeakable(narration, 'en'))).not.toContain(false);
    }
  });

  it('and so is each scene of a language whose voice cannot read it', async () => {
    const scenes = ['Bees.', PICTURE, '蜜蜂', '... —'].map((narration) => ({ narration }));
    expect((await earlyScript({ kind: 'scenes', scenes }, 'en')).silent).toEqual([1, 2, 3]);
  });

  it('but a long article is searched no further than its first twenty thousand characters', async () => {
    const text = `${PICTURE}\n\n`.repeat(700);
    expect((await earlyScript({ kind: 'article', text }, 'en')).silent).toEqual([]);
  });

  it('and a text that is not parsed is as silent as its document', async () => {
    const parts = [
      'Bees dance.',
      'Anna',
      'From',
      'NOTE',
      '2024',
      '1.',
      '-',
      '---',
      '===',
      '# ',
      '#bees',
      '> ',
      '| ',
      '|-|',
      '<!-- ',
      ' -->',
      '<svg>',
      '</svg>',
      '<p>',
      '[Chorus]',
      '[^1]:',
      '[a]: /b',
      '![](a.png)',
      '```',
      '    ',
      '\n',
      '\n\n',
      ' ',
      ': ',
      '14:05 ',
      '00:00:01,000 --> 00:00:02,000',
      'Subject: Bees',
      'image omitted',
      '☐ ',
      '蜜蜂',
      'пчела',
      'αβγ',
      'æˆ‘',
      '🎉',
      '$x$',
      '&nbsp;',
      '(',
      ')',
      '"',
      '\u00AD',
      '…',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...parts), { maxLength: 8 }),
        fc.constantFrom('en', 'zh', 'el'),
        async (some, tag) => {
          const text = some.join('');
          const { blocks } = await documentOf(text, languageOf(tag));
          const isSilent = !blocks.some((block) => isSpeakable(block.text, tag));
          const source = { kind: 'script', text } as const;
          expect((await earlyScript(source, tag)).silent).toEqual(isSilent ? [0] : []);
        },
      ),
      { numRuns: Number(process.env['RUNS'] ?? 1_000) },
    );
  });
});
