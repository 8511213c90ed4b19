import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ENGLISH = 'docs/operations';
const CHINESE = 'docs/operations/zh-TW';

const namesIn = (folder: string) => globSync('*.md', { cwd: folder }).toSorted();
const NAMES = namesIn(ENGLISH);

/** What a reader types, looks up and searches for, which is the same in every language. */
function partsOf(folder: string, name: string) {
  const text = readFileSync(`${folder}/${name}`, 'utf8');
  const blocks = text.match(/^```.*?^```$/gms) ?? [];
  const prose = text.replaceAll(/^```.*?^```$/gms, '');
  const headings = Array.from(prose.matchAll(/^(#+) (.+)$/gm), ([, marks = '', title = '']) => ({ marks, title }));
  const cells = prose.match(/^\|[^|\n]+(?=\|)/gm) ?? [];
  return { text, blocks, headings, names: cells.flatMap((cell) => cell.match(/`[^`]+`/g) ?? []) };
}

it('Every page for operators has a page in Chinese, and the other way round', () => {
  expect(NAMES.length).toBeGreaterThan(15);
  expect(namesIn(CHINESE)).toEqual(NAMES);
});

it.each(NAMES)('%s has the same blocks, levels of headings and names in both languages', (name) => {
  const english = partsOf(ENGLISH, name);
  const chinese = partsOf(CHINESE, name);
  expect(chinese.blocks).toEqual(english.blocks);
  expect(chinese.headings.map(({ marks }) => marks)).toEqual(english.headings.map(({ marks }) => marks));
  expect(chinese.names).toEqual(english.names);
});

describe.each(namesIn(CHINESE))('%s in Chinese', (name) => {
  const { text } = partsOf(CHINESE, name);

  it('begins with a link to the English page', () => {
    expect(text.split('\n', 1)).toEqual([`[English](../${name})`]);
  });

  it('links only to headings that its pages have', () => {
    const links = Array.from(text.matchAll(/\]\(([\w-]*(?:\.md)?)#([^)]+)\)/g), ([, page = '', heading = '']) => ({
      page: page === '' ? name : page,
      heading,
    }));
    const broken = links.filter(({ page, heading }) => !anchorsOf(page).includes(heading));
    expect(broken).toEqual([]);
  });
});

/** The names by which the headings of a page in Chinese are linked. */
function anchorsOf(name: string): string[] {
  return partsOf(CHINESE, name).headings.map(({ title }) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
