import { describe, expect, it } from 'vitest';
import type { ScriptRequest } from '../../ports.ts';
import { LocalTextProvider } from './local-text-provider.ts';

const FENCE = '```';

/** The code of a script, each after the sentence that is spoken meanwhile. */
async function codeOf(source: ScriptRequest['source'], language = 'en'): Promise<(readonly [string, string])[]> {
  const { scenes } = await new LocalTextProvider().writeScript(
    { source, language, speed: 1 },
    AbortSignal.timeout(9000),
  );
  return scenes.flatMap(({ narration, code = [] }) =>
    code.map(({ text, start }) => [/^[^.:?!。：？]*./u.exec(narration.slice(start))?.[0] ?? '', text] as const),
  );
}

const fenced = (code: string): string => `\n\n${FENCE}sh\n${code}\n${FENCE}\n\n`;

const CASES: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
  ['after a sentence', `You need Node. Install it:${fenced('npm ci')}Then rest.`, [['Install it:', 'npm ci']]],
  ['after a paragraph', `Install it. Wait a while.${fenced('npm ci')}`, [['Wait a while.', 'npm ci']]],
  ['before all text', `${fenced('npm ci')}This installs it. Then rest.`, [['This installs it.', 'npm ci']]],
  [
    'below a heading',
    `We begin here.\n\n## Tests${fenced('node --test')}They run fast. They are short.`,
    [['They run fast.', 'node --test']],
  ],
  ['below a heading that is spoken', `Hello there.\n\n## Tests${fenced('node --test')}`, [['Tests', 'node --test']]],
  [
    'in a list',
    `There are two steps.\n\n- Install it.\n  ${FENCE}\n  npm ci\n  ${FENCE}\n- Start it.\n  ${FENCE}\n  npm start\n  ${FENCE}\n`,
    [
      ['Install it.', 'npm ci'],
      ['Start it.', 'npm start'],
    ],
  ],
  [
    'twice after one sentence: the first',
    `Install it:${fenced('npm ci')}${fenced('yarn')}Rest.`,
    [['Install it:', 'npm ci']],
  ],
  [
    'of several lines',
    `Write this:${fenced('  if (a) {\n    b();\n  }')}Done.`,
    [['Write this:', 'if (a) {\n  b();\n}']],
  ],
  ['with signs of formulas', `Write this:${fenced('echo $A and $B')}Done.`, [['Write this:', 'echo $A and $B']]],
  ['in HTML', '<p>Write this:</p><pre>\n  if (a)\n    b();\n</pre><p>Done.</p>', [['Write this:', 'if (a)\n  b();']]],
  ['of only spaces', `Write this:${fenced('   ')}Done.`, []],
  ['in a line', 'Write `npm ci` now. Then rest.', []],
];

describe('Code of a script', () => {
  it.each(CASES)('is shown with the sentence beside it: %s', async (_, text, expected) => {
    expect(await codeOf({ kind: 'script', text })).toEqual(expected);
    expect(await codeOf({ kind: 'scenes', scenes: [{ narration: text }] })).toEqual(expected);
  });

  it.each(CASES.filter(([name]) => name !== 'below a heading that is spoken'))(
    'is shown with the same sentence in an article: %s',
    async (_, text, expected) => {
      expect(await codeOf({ kind: 'article', text })).toEqual(expected);
    },
  );

  it('is shown in the scene of its sentence where a paragraph makes several', async () => {
    const text = `${'This is a sentence that takes a few seconds to speak. '.repeat(20)}Run it:${fenced('npm start')}`;
    expect(await codeOf({ kind: 'script', text })).toEqual([['Run it:', 'npm start']]);
  });

  it('is shown in Chinese', async () => {
    const text = `先安裝程式。然後啟動伺服器：${fenced('npm start')}完成。`;
    expect(await codeOf({ kind: 'script', text }, 'zh-TW')).toEqual([['然後啟動伺服器：', 'npm start']]);
  });

  it('is spoken and not shown where there is nothing else', async () => {
    expect(await codeOf({ kind: 'script', text: fenced('npm start') })).toEqual([]);
  });
});
