import { readFileSync } from 'node:fs';
import { eld } from 'eld/medium';
import { expect, it } from 'vitest';
import { fileOf } from '../../scripts/language-model/from-eld.ts';
import { MODEL_LANGUAGES, NgramModel } from '../../src/language/detection/ngram-model.ts';
import { TEXTS } from './texts-by-language.ts';

it('The model file is the one that scripts/language-model/write.ts writes', async () => {
  expect(Buffer.from(await fileOf()).equals(readFileSync('data/language-ngrams.bin'))).toBe(true);
});

it('The model finds the same languages as eld', async () => {
  const model = new NgramModel(await fileOf());
  for (const [, text] of TEXTS.filter(
    (one) => /\p{Script=Latin}{3}/u.test(one[1]) && !/\p{Script=Han}/u.test(one[1]),
  )) {
    const scores = model.scoresOf((text.toLowerCase().match(/\p{L}+(?:['’]\p{L}+)*/gu) ?? []).join(' '));
    const best = MODEL_LANGUAGES[scores.indexOf(Math.max(...scores))];
    const { language } = eld.detect(text);
    expect([text, best]).toEqual([text, { no: 'nb', ms: 'id' }[language] ?? language]);
  }
});
