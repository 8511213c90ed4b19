import { beforeAll, describe, expect, it } from 'vitest';
import type { CorpusText } from './corpus-text.ts';
import { type FilmWords, filmWordsOf, spokenFormOf } from './film-words.ts';
import { loadCorpus } from './load-corpus.ts';

const texts = await loadCorpus();

describe('the corpus', () => {
  it('has at least forty texts in the eight languages', () => {
    expect(texts.length).toBeGreaterThanOrEqual(40);
    expect(new Set(texts.map(({ text }) => text.language)).size).toBe(8);
  });
});

describe.each(texts)('$name', ({ text }) => {
  it('has expectations that its film can miss', () => {
    const written = writtenText(text);
    const passages = [...(text.unbroken ?? []), ...(text.onlyAfter ?? []).flat()];
    expect(passages.filter((passage) => !written.includes(passage))).toEqual([]);
  });

  let film: FilmWords;
  beforeAll(async () => {
    film = await filmWordsOf(text);
  });

  it('has a title that the author would give it', () => {
    expect(text.titles.map(bare), `title: “${film.title}”`).toContain(bare(film.title));
  });

  if (text.headings)
    it("shows the author's headings", () => {
      const shown = [...film.cards, ...film.chapters].map(bare);
      for (const heading of text.headings ?? []) {
        const isShown = heading.split(' | ').some((spelling) => shown.includes(bare(spelling)));
        expect.soft(isShown, `heading: “${heading}” is not among ${quoted(shown)}`).toBe(true);
      }
    });

  if (text.narrated.length > 0)
    it('says what must be said, in order', () => {
      const said = oneLine(film.narrations.join(' '));
      let from = 0;
      for (const sentence of text.narrated.map(oneLine)) {
        const at = said.indexOf(sentence, from);
        const problem = said.includes(sentence) ? 'is said too early' : 'is not said';
        expect.soft(at, `narrated: “${sentence}” ${problem}`).toBeGreaterThanOrEqual(0);
        if (at >= 0) from = at + sentence.length;
      }
    });

  if (text.leftOut)
    it('leaves out what is no part of the text', () => {
      for (const part of text.leftOut ?? []) {
        const places = placesOf(part, film);
        expect.soft(places, `leftOut: “${part}” is in ${quoted(places)}`).toEqual([]);
      }
    });

  if (text.onlyAfter)
    it('says no sentence without the one that it leans on', () => {
      const said = oneLine(film.narrations.join(' '));
      for (const [first, second] of text.onlyAfter ?? []) {
        const at = said.indexOf(oneLine(second));
        const isAlone = at >= 0 && !said.slice(0, at).includes(oneLine(first));
        expect.soft(isAlone, `onlyAfter: “${second}” is said without “${first}”`).toBe(false);
      }
    });

  if (text.never)
    it('says nothing that contradicts the text', () => {
      for (const statement of text.never ?? []) {
        const places = placesOf(statement, film);
        expect.soft(places, `never: “${statement}” is in ${quoted(places)}`).toEqual([]);
      }
    });

  if (text.notAlone)
    it('shows no words alone that turn the meaning round', () => {
      const shown = [film.title, ...film.cards, ...film.chapters].map(bare);
      for (const words of text.notAlone ?? []) {
        expect.soft(shown, `notAlone: “${words}” is one of ${quoted(shown)}`).not.toContain(bare(words));
      }
    });

  if (text.notTags)
    it('has no tags that turn the meaning round', () => {
      for (const words of text.notTags ?? []) {
        expect
          .soft(film.tags.map(bare), `notTags: “${words}” is one of ${quoted(film.tags)}`)
          .not.toContain(bare(words));
      }
    });

  if (text.unbroken)
    it('breaks no name and no amount across the lines of its captions', () => {
      const narrations = film.narrations.map(oneLine);
      const lines = film.captions.map(oneLine);
      for (const token of text.unbroken ?? []) {
        const broken = timesIn(narrations, token) - timesIn(lines, token);
        expect.soft(broken, `unbroken: “${token}” is broken, in ${quoted(lines)}`).toBe(0);
      }
    });

  if (text.heard)
    it('is heard in words', async () => {
      const isChinese = text.language.startsWith('zh');
      for (const [passage, wordings] of text.heard ?? []) {
        const spoken = wordsOf(await spokenFormOf(passage, text.language), isChinese);
        const isHeard = wordings.split(' | ').some((words) => spoken.includes(wordsOf(words, isChinese)));
        expect.soft(isHeard, `heard: “${passage}” is “${spoken.trim()}”, not “${wordings}”`).toBe(true);
      }
    });
});

/** A text without the marks of Markdown and HTML. */
function writtenText({ source }: CorpusText): string {
  const text = source.kind === 'scenes' ? source.scenes.join(' ') : source.text;
  return oneLine(text.replaceAll(/<[^<>]*>|[*`]/gu, '').replaceAll('&nbsp;', ' '));
}

/** The parts of a film that contain the words. Line breaks part words, so nothing is found across them. */
function placesOf(words: string, film: FilmWords): string[] {
  const { title, summary, narrations, cards, chapters, tags } = film;
  const places = { title: [title], summary: [summary], narrations, cards, chapters, tags };
  return Object.entries(places).flatMap(([place, parts]) =>
    parts.filter((part) => part.replaceAll(/[^\S\n]+/gu, ' ').includes(words)).map((part) => `${place}: ${part}`),
  );
}

/** For comparison: without case, and without white space and punctuation at the ends. Signs such as % and # stay. */
function bare(text: string): string {
  const edge = ' \n.,:;!?…"\'“”„‘’«»‹›()「」『』（），。！？；：、¿¡';
  const characters = [...oneLine(text).toLowerCase()];
  const isInner = (character: string): boolean => !edge.includes(character);
  return characters.slice(characters.findIndex(isInner), characters.findLastIndex(isInner) + 1).join('');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

/** Lower-case words between spaces; for Chinese, characters without spaces. */
function wordsOf(text: string, isChinese: boolean): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return isChinese ? words.join('') : ` ${words.join(' ')} `;
}

function timesIn(texts: readonly string[], token: string): number {
  return texts.reduce((times, text) => times + text.split(token).length - 1, 0);
}

function quoted(lines: readonly string[]): string {
  return lines.map((line) => `“${line}”`).join(' ');
}
