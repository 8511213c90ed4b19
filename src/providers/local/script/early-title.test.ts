import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { ScriptRequest } from '../../ports.ts';
import { earlyTitle } from './early-title.ts';
import { LocalTextProvider } from './local-text-provider.ts';

const provider = new LocalTextProvider();

async function writtenTitle(source: ScriptRequest['source'], language: string): Promise<string> {
  return (await provider.writeScript({ source, language, speed: 1 }, new AbortController().signal)).title;
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
