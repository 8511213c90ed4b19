import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { documentOf } from './document.ts';

async function textsOf(text: string, language = 'en'): Promise<string[]> {
  return (await documentOf(text, languageOf(language))).blocks.map((block) => block.text);
}

const DONE = '<input type="checkbox" checked>';
const OPEN = '<input type="checkbox">';

describe('The check boxes of a page', () => {
  it.each([
    ['en', `<ul><li>${DONE} Plan</li><li>${OPEN} Build</li></ul>`, ['Plan.']],
    [
      'de',
      `<ul><li><label>${OPEN}Milch</label><li><label><INPUT checked='' disabled type=checkbox /> Brot</label></ul>`,
      ['Brot.'],
    ],
    ['zh-TW', `<ol><li>${DONE}計畫</li><li>${OPEN}施工</li><li>${DONE}驗收</li></ol>`, ['1. 計畫。', '3. 驗收。']],
    ['en', `- ${DONE} Plan\n- ${OPEN} Build`, ['Plan.']],
    ['fr', `- <label>${OPEN} Pain</label>\n- <label>${DONE} Lait</label>`, ['Lait.']],
  ])('say only what is done, if some of it is not: %s: %s', async (language, text, expected) => {
    expect(await textsOf(text, language)).toEqual(expected);
  });

  it('leave out what is below an open task, and keep a part of it that is done', async () => {
    const inner = `<ul><li>walls</li><li>${DONE} cellar</li></ul>`;
    const text = `<ul><li>${DONE} Plan<ul><li>${OPEN} Budget</li></ul></li><li>${OPEN} Build${inner}</li></ul><p>End.</p>`;
    expect(await textsOf(text)).toEqual(['Plan.', 'cellar.', 'End.']);
  });

  it.each([
    [`<ul><li>${OPEN} Milk</li><li>${OPEN} Bread</li></ul>`, ['Milk.', 'Bread.']],
    [`<ul><li>${DONE} Milk</li></ul><ul><li>${OPEN} Bread</li></ul>`, ['Milk.', 'Bread.']],
    ['<ul><li><input type="text"> Milk</li><li><input type="radio" checked> Bread</li></ul>', ['Milk.', 'Bread.']],
    [`<ul><li>Milk ${OPEN}</li><li>${DONE} Bread</li></ul>`, ['Milk.', 'Bread.']],
  ])('keep all items if none or all are done, and are no other fields: %s', async (text, expected) => {
    expect(await textsOf(text)).toEqual(expected);
  });
});

describe('A drawing', () => {
  it.each([
    ['en', 'Hello <svg width="10"><text x="1">Logo</text></svg> world. It is fine.', ['Hello world. It is fine.']],
    ['de', '<p>Guten <svg><text>Logo</text></svg> Tag.</p>', ['Guten Tag.']],
    [
      'fr',
      'Bonjour.\n\n<svg viewBox="0 0 1 1">\n<text>Logo</text>\n\n<text>Deux</text>\n</svg>\n\nFin.',
      ['Bonjour.', 'Fin.'],
    ],
    ['zh-TW', '<svg><text>標誌<svg/></text></svg><p>你好。</p>', ['你好。']],
  ])('is not read in %s: %s', async (language, text, expected) => {
    expect(await textsOf(text, language)).toEqual(expected);
  });

  it('is read where it is the code of an article', async () => {
    expect(await textsOf('Draw:\n\n```\n<svg>\n<text>A</text>\n</svg>\n```')).toEqual([
      'Draw:',
      '<svg>\n<text>A</text>\n</svg>',
    ]);
  });
});

it.each([
  ['en', '<ol start="3"><li>Stir.</li><li>Bake.</li></ol>', ['3. Stir.', '4. Bake.']],
  ['de', '<ol START=3><li>Rühren<li>Backen</ol><ol><li>Essen</ol>', ['3. Rühren.', '4. Backen.', '1. Essen.']],
  ['zh-TW', '<ol start="x"><li>攪拌</li></ol><ul><li>吃</li></ul>', ['1. 攪拌。', '吃。']],
])('The items of a numbered list have the numbers of the page: %s: %s', async (language, text, expected) => {
  expect(await textsOf(text, language)).toEqual(expected);
});
