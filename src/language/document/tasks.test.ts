import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { documentOf } from './document.ts';

async function textsOf(text: string): Promise<string[]> {
  const { blocks } = await documentOf(text, languageOf('en'));
  return blocks.map((block) => block.text);
}

describe('A list of tasks', () => {
  it.each([
    ['- [x] Works with C++ clients\n- [ ] HTTP/3', ['Works with C++ clients.']],
    ['* [ ] Windows\n* [X] Linux\n* [x] macOS', ['Linux.', 'macOS.']],
    ['1. [x] Plan\n2. [ ] Build', ['1. Plan.']],
    ['- [x] Plan\n\n- [ ] Build\n\n  It takes a week.\n\n- [x] Measure', ['Plan.', 'Measure.']],
    ['☑ Bread\n☐ Milk\n✅ Eggs', ['Bread.', 'Eggs.']],
    ['- [x] Plan\n- Tell everybody\n- [ ] Build', ['Plan.', 'Tell everybody.']],
  ])('says only what is done, if some of it is not: %j', async (text, expected) => {
    expect(await textsOf(text)).toEqual(expected);
  });

  it.each([
    ['- [ ] Milk\n- [ ] Bread', ['Milk.', 'Bread.']],
    ['☐ Milk\n☐ Bread', ['Milk.', 'Bread.']],
    ['- [x] Milk\n- [X] Bread', ['Milk.', 'Bread.']],
    ['Done:\n\n- [x] Plan\n\nNext:\n\n- [ ] Build', ['Done:', 'Plan.', 'Next:', 'Build.']],
  ])('keeps all items if none or all are done: %j', async (text, expected) => {
    expect(await textsOf(text)).toEqual(expected);
  });

  it('leaves out what is below an open task, and keeps a part of it that is done', async () => {
    const text = '- [x] Plan\n  - [ ] Budget\n- [ ] Build\n  - walls\n  - [x] cellar';
    expect(await textsOf(text)).toEqual(['Plan.', 'cellar.']);
  });

  it.each([
    ['Do it:\n\n    - [ ] first step\n    - [x] second step', ['Do it:', '- first step\n- second step']],
    ['- [ ]\n- [ ] Milk', ['Milk.']],
  ])('has no boxes in its text: %j', async (text, expected) => {
    expect(await textsOf(text)).toEqual(expected);
  });

  it.each([
    ['- [x](https://example.org/x) is a letter\n- [ ] Milk', ['x is a letter.', 'Milk.']],
    ['- Write x[ ] for an array\n- [ ] Milk', ['Write x[ ] for an array.', 'Milk.']],
  ])('has a box only at the beginning of an item: %j', async (text, expected) => {
    expect(await textsOf(text)).toEqual(expected);
  });
});
