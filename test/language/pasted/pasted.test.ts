import { describe, expect, it } from 'vitest';
import { earlyScript } from '../../../src/providers/local/script/early-script.ts';
import { LocalTextProvider } from '../../../src/providers/local/script/local-text-provider.ts';
import type { ScriptSource } from '../../../src/providers/ports.ts';
import { ARTICLES } from './articles.ts';
import { CONDENSED } from './condensed.ts';
import { HTML } from './html.ts';
import { LINES } from './lines.ts';
import { LISTS } from './lists.ts';
import { MARKDOWN } from './markdown.ts';
import { MESSAGES } from './messages.ts';
import type { Pasted } from './pasted.ts';

const provider = new LocalTextProvider();
const TEXTS = [...MARKDOWN, ...HTML, ...LISTS, ...LINES, ...ARTICLES, ...CONDENSED, ...MESSAGES];

function sourceOf({ as, text }: Pasted): ScriptSource {
  return as === 'scene' ? { kind: 'scenes', scenes: [{ narration: text }] } : { kind: as, text };
}

/** What a film of the text says and shows. */
async function filmOf(pasted: Pasted) {
  const { language, seconds } = pasted;
  const length = seconds === undefined ? {} : { targetDurationSeconds: seconds };
  const request = { source: sourceOf(pasted), language, speed: 1, ...length };
  const { title, scenes } = await provider.writeScript(request, new AbortController().signal);
  const said = scenes.map(({ narration }) => narration.replace(/\s+/gu, ' ')).join(' ');
  const headings = scenes.flatMap(({ heading }) => heading ?? []);
  const scenesSaid = scenes.map(({ narration }) => `${narration.replace(/\s+/gu, ' ')}\n`);
  return { film: { title, said, headings }, shown: [`${title}\n`, ...headings, '\n', ...scenesSaid].join('') };
}

describe('A pasted text', () => {
  it(`is one of ${TEXTS.length}, each with a name of its own`, () => {
    expect(TEXTS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(TEXTS.map(({ what }) => what)).size).toBe(TEXTS.length);
    for (const { what, said, holds, never } of TEXTS) expect([what, said ?? holds ?? never]).not.toContain(undefined);
  });

  it.each(TEXTS)('is understood: $what ($as, $language)', async (pasted) => {
    const { film, shown } = await filmOf(pasted);
    const { title, said = film.said, headings = film.headings, holds = [], never = [] } = pasted;
    // The headings of an article that is condensed to a few sentences are those of the chosen ones.
    const expected = pasted.seconds === undefined ? (pasted.headings ?? []) : headings;
    expect(film).toEqual({ title, said, headings: expected });
    for (const part of holds) expect(film.said).toContain(part);
    for (const part of never) expect(shown).not.toContain(part);
  });

  it.each(TEXTS)('has its title before its script is written: $what', async (pasted) => {
    const { title, silent } = await earlyScript(sourceOf(pasted), pasted.language);
    expect(await title()).toBe(pasted.title);
    expect(silent).toEqual([]);
  });
});
